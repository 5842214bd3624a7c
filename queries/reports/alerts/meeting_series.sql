-- question: Which counts does a meeting hold against their past, window by window?
-- grain:    one row per series of the alert list and window: the last whole one and 131 before it, five years of fortnights
-- params:   none
-- returns:  measure, family, unit_code, borough, period_start, numerator
-- source:   listed_series, snapshot, organisation
select s.measure, s.family, s.unit_code, s.borough, s.period_start, s.numerator
from listed_series as s
cross join snapshot
cross join organisation as o
where
    s.grain = o.window_grain
    and s.family is not null
    and s.period_start >= period_of(o.window_grain, snapshot.as_at) - 132 * 14
    and s.period_start < period_of(o.window_grain, snapshot.as_at)
order by s.measure, s.family, s.unit_code, s.borough, s.period_start
