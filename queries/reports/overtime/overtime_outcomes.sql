-- question: How did some measures move, month by month, in each unit?
-- grain:    one row per measure, unit and month
-- params:   $measures (ids, joined by commas), $since (date, inclusive), $until (date, exclusive)
-- returns:  measure, unit_code, period_start, numerator, denominator, provisional
-- source:   observations, measure_coverage, measures, units, areas
select measure, unit_code, period_start, numerator, denominator, provisional
from series_rows(null, 'ocu', (select directorate from organisation), null, 'month', $since, $until)
where list_contains(string_split($measures, ','), measure)
order by measure, unit_code, period_start
