-- question: Which counts would every past meeting have held against their past, window by window?
-- grain:    one row per series of the alert list and window of its coverage
-- params:   none
-- returns:  measure, family, unit_code, borough, period_start, numerator
-- source:   listed_series, organisation
select s.measure, s.family, s.unit_code, s.borough, s.period_start, s.numerator
from listed_series as s
inner join organisation as o on s.grain = o.window_grain
where s.family is not null
order by s.measure, s.family, s.unit_code, s.borough, s.period_start
