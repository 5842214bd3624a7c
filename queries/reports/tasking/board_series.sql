-- question: How did each measure of the plan move in the whole of its scope?
-- grain:    one row per measure, grain (month; quarter or week where it is known by that) and period
-- params:   none
-- returns:  measure, grain, period_start, numerator, denominator, provisional
-- source:   plan_series
select measure, grain, period_start, numerator, denominator, provisional
from plan_series
where level = 'force'
order by measure, grain, period_start
