-- question: What did each measure of the alert list count in all of the force, window by window?
-- grain:    one row per measure that counted anything in the span, and window of its coverage
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  measure, period_start, numerator
-- source:   listed_series, organisation
select s.measure, s.period_start, s.numerator
from listed_series as s
inner join organisation as o on s.grain = o.window_grain
where
    s.level = 'force'
    and s.period_start >= $since::date
    and s.period_start < $until::date
qualify max(s.numerator) over (partition by s.measure) > 0
order by s.measure, s.period_start
