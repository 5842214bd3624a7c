-- question: What did overtime cost each month, beside its profiled budget?
-- facts:    overtime, overtime_budget
-- grain:    one row per month, OCU, branch and team
-- params:   $as_at (date, exclusive)
-- returns:  month, unit_code, branch, team, cost_gbp, hours, profiled_gbp
with

spent as (

    select
        date_trunc('month', o.worked_on)::date as month,
        o.ocu as unit_code,
        coalesce(o.branch, 'unassigned') as branch,
        coalesce(o.team, 'unassigned') as team,
        sum(o.cost_gbp) as cost_gbp,
        sum(o.hours) as hours,
        0.0 as profiled_gbp
    from overtime as o
    where o.worked_on < $as_at
    group by all

),

profiled as (

    select
        month,
        ocu as unit_code,
        'unassigned' as branch,
        'unassigned' as team,
        0.0 as cost_gbp,
        0.0 as hours,
        sum(profiled_gbp) as profiled_gbp
    from overtime_budget
    -- A month that is not over has no whole profile to be held against.
    where month + interval 1 month <= $as_at
    group by all

)

select
    month,
    unit_code,
    branch,
    team,
    sum(cost_gbp) as cost_gbp,
    sum(hours) as hours,
    sum(profiled_gbp) as profiled_gbp
from (select * from spent union all by name select * from profiled)
where month + interval 1 month <= $as_at
group by all
order by month, unit_code, branch, team
