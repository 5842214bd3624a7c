-- question: How did every measure move, period by period, at one level?
-- grain:    one row per measure, period, unit of the level and (at level borough) borough
-- params:   $level (force, directorate, ocu, branch, team, borough), $unit (code), $borough (code), $grain (day, week, fortnight, month, quarter, year), $since (date, inclusive), $until (date, exclusive)
-- returns:  measure, period_start, unit_code, borough, numerator, denominator, provisional
-- source:   observations, measure_coverage, measures, units, areas
select measure, period_start, unit_code, borough, numerator, denominator, provisional
from series_rows(null, $level, $unit, $borough, $grain, $since, $until)
order by measure, period_start, unit_code, borough
