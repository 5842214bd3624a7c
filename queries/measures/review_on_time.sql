-- measure:   review_on_time
-- name:      28-day murder review on time
-- question:  How many murder reviews were done by their day?
-- owner:     review
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     reviews of kind murder done by the day due, over those due
-- fact:      reviews
-- why:       a fresh look while the trail is warm
-- review_on: 2005-04-01
-- order:     50
select
    'month' as grain,
    month as period_start,
    unit_code,
    branch as branch,
    team as team,
    'none' as borough,
    sum(on_time)::double as numerator,
    sum(due)::double as denominator
from review_months
where
    kind = 'murder'
    and unit_code in (select unit_code from measure_units where measure = 'review_on_time')
group by all
order by period_start, unit_code, branch, team, borough
