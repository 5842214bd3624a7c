-- measure:   recommendations_overdue
-- name:      Review recommendations overdue
-- question:  How many recommendations stand open past their day?
-- owner:     review
-- scope:     directorate
-- unit:      n
-- better:    lower
-- aggregate: last
-- grain:     month
-- basis:     a stock at the end of the month, by the unit that owns the recommendation
-- fact:      recommendations
-- why:       a review that changes nothing is wasted
-- review_on: 2005-04-01
-- order:     60
select
    'month' as grain,
    month as period_start,
    unit_code,
    branch as branch,
    team as team,
    'none' as borough,
    sum(overdue)::double as numerator,
    null::double as denominator
from recommendation_months
group by all
order by period_start, unit_code, branch, team, borough
