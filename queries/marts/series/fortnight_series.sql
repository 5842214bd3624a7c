-- question: Which counts does the meeting of the as-at hold against their past, window by window?
-- grain:    one row per series of the alert list and fortnight: the last whole one and 131 before it, five years
-- params:   none
-- returns:  measure, family, unit_code, borough, period_start, numerator
with

span as (

    select
        period_of(window_grain, as_at) - 132 * 14 as since,
        period_of(window_grain, as_at) as "until",
        window_grain
    from snapshot
    cross join organisation

)

select
    s.measure,
    a.family,
    s.unit_code,
    s.borough,
    s.period_start,
    s.numerator
from series_levels(
    (select list(distinct measure) from alerted()),
    ['force', 'directorate', 'ocu', 'borough'],
    null,
    null,
    (select [window_grain] from span),
    (select since from span),
    (select "until" from span)
) as s
inner join alerted() as a on s.measure = a.measure and s.level = a.level
order by s.measure, a.family, s.unit_code, s.borough, s.period_start
