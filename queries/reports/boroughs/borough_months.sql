-- question: What did each measure count in a borough, month by month?
-- grain:    one row per measure counted by borough and month
-- params:   $borough (code), $since (date, inclusive: first of a month), $until (date, exclusive: first of a month)
-- returns:  measure, period_start, numerator, denominator
-- source:   place_series
select measure, period_start, numerator, denominator
from place_series
where
    level = 'borough'
    and grain = 'month'
    and borough = $borough
    and period_start >= $since::date
    and period_start < $until::date
    and numerator is not null
qualify bool_or(counted) over (partition by measure)
order by measure, period_start
