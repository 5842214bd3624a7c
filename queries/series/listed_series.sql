-- question: What are the counts of each series of the alert list, by week and by the meeting's window?
-- grain:    one row per series of the alert list and whole or part week or window of its coverage
-- params:   none
-- returns:  measure, level, family, grain, unit_code, borough, period_start, numerator
-- Of every measure the windows of all of the force are among them; where these are no series of the
-- list, they are of no family.
select
    s.measure,
    s.level,
    a.family,
    s.grain,
    s.unit_code,
    s.borough,
    s.period_start,
    s.numerator
from series_levels(
    (select list(distinct measure) from alerted()),
    ['force', 'directorate', 'ocu', 'borough'],
    null,
    null,
    (select list_distinct(['week', window_grain]) from organisation),
    null,
    null
) as s
cross join organisation as o
left join alerted() as a on s.measure = a.measure and s.level = a.level
where a.family is not null or (s.level = 'force' and s.grain = o.window_grain)
order by s.grain, s.measure, a.family, s.unit_code, s.borough, s.period_start
