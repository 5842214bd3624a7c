-- question: How many quality faults of each kind stood open at the end of each week, by who deals with them and where?
-- facts:    none
-- grain:    one row per week, fault, unit, branch and borough where faults stand open, of the last two years
-- params:   $as_at (date, exclusive)
-- returns:  week, fault, unit_code, branch, borough, n
-- Of the rules that say when a fault is mended; of the others nobody can tell how many once stood.
with

events as (

    select ocu as unit_code, branch, borough, fault, opened as day, 1 as change
    from fault_spans

    union all

    select ocu as unit_code, branch, borough, fault, closed as day, -1 as change
    from fault_spans
    where closed is not null

),

deltas as (

    select
        date_trunc('week', day)::date as week,
        fault,
        unit_code,
        coalesce(branch, 'unassigned') as branch,
        borough,
        sum(change) as change
    from events
    where day < $as_at
    group by all

),

weeks as (

    select unnest(range(
        date_trunc('week', $as_at::date - 728)::timestamp,
        date_trunc('week', $as_at::date)::timestamp,
        interval 7 days
    ))::date as week

),

standing as (

    select weeks.week, d.fault, d.unit_code, d.branch, d.borough, sum(d.change)::bigint as n
    from weeks
    inner join deltas as d on d.week <= weeks.week
    group by all

)

select week, fault, unit_code, branch, borough, n
from standing
where n > 0
order by week, fault, unit_code, branch, borough
