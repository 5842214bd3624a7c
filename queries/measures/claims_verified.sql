-- measure:   claims_verified
-- name:      Claims verified
-- question:  How many claims of disruption stood up to checking?
-- owner:     intelligence
-- scope:     ocu
-- unit:      percent
-- better:    neutral
-- aggregate: sum
-- grain:     month
-- basis:     verified over submitted
-- why:       the balance to the disruptions: a rise in both is a rise
-- review_on: 2005-04-01
-- order:     240
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    sum(numerator)::double as numerator,
    sum(denominator)::double as denominator
from return_periods
where measure = 'claims_verified'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
