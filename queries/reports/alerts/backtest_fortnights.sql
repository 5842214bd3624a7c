-- question: Which counts would every past meeting have held against their past, window by window?
-- grain:    one row per series of the alert list and fortnight of its coverage
-- params:   none
-- returns:  measure, family, unit_code, borough, period_start, numerator
-- source:   observations, measure_coverage, measures, units, areas
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
    (select [window_grain] from organisation),
    null,
    null
) as s
inner join alerted() as a on s.measure = a.measure and s.level = a.level
order by s.measure, a.family, s.unit_code, s.borough, s.period_start
