-- measure:   development_reviews_done
-- name:      Development reviews done
-- question:  How many development reviews that are due are done?
-- owner:     directorate
-- scope:     directorate
-- unit:      percent
-- better:    higher
-- aggregate: last
-- grain:     month
-- basis:     a stock at the month, done over due
-- fact:      strength
-- why:       staff who are told how they do
-- review_on: 2005-04-01
-- order:     410
select
    'month' as grain,
    month as period_start,
    unit_code,
    branch as branch,
    team as team,
    'none' as borough,
    sum(pdr_done)::double as numerator,
    sum(pdr_due)::double as denominator
from strength_months
group by all
order by period_start, unit_code, branch, team, borough
