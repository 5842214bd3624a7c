-- question: Which returns were not sent, by measure, unit and period?
-- facts:    returns, units
-- grain:    one row per measure, grain, unit (OCU, branch, team that returns it) and period not sent
-- params:   none
-- returns:  measure, grain, period_start, unit_code, branch, team
-- A unit is expected from its first return of a measure to the last that any unit sent.
with

sent as (

    select distinct
        r.measure,
        r.grain,
        r.period_start,
        u.ocu as unit_code,
        coalesce(u.branch, 'unassigned') as branch,
        coalesce(u.team, 'unassigned') as team
    from returns as r
    inner join units as u on r.unit_code = u.code

),

until_last as (

    select measure, grain, max(period_start) as last_start
    from sent
    group by measure, grain

),

expected as (

    select
        s.measure,
        s.grain,
        s.unit_code,
        s.branch,
        s.team,
        unnest(
            generate_series(
                min(s.period_start),
                any_value(l.last_start),
                case s.grain
                    when 'week' then interval 7 days
                    when 'quarter' then interval 3 months
                    else interval 1 month
                end
            )
        )::date as period_start
    from sent as s
    inner join until_last as l on s.measure = l.measure and s.grain = l.grain
    group by s.measure, s.grain, s.unit_code, s.branch, s.team

)

select measure, grain, period_start, unit_code, branch, team
from expected
anti join sent using (measure, grain, period_start, unit_code, branch, team)
order by measure, grain, period_start, unit_code, branch, team
