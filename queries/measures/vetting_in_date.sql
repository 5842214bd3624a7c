-- measure:   vetting_in_date
-- name:      Vetting in date
-- question:  How many staff in post are vetted in date?
-- owner:     directorate
-- scope:     directorate
-- unit:      percent
-- better:    higher
-- aggregate: last
-- grain:     month
-- basis:     a stock at the month, vetted over in post
-- fact:      strength
-- why:       an area for improvement
-- review_on: 2005-04-01
-- order:     400
select
    'month' as grain,
    month as period_start,
    unit_code,
    branch as branch,
    team as team,
    'none' as borough,
    sum(vetted)::double as numerator,
    sum(in_post)::double as denominator
from strength_months
group by all
order by period_start, unit_code, branch, team, borough
