-- measure:   urgent_submissions_on_time
-- name:      Urgent submissions on time
-- question:  How many urgent submissions came back by their day?
-- owner:     forensics
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     as the unit returned it
-- why:       an answer while the suspect is still in custody
-- review_on: 2005-04-01
-- order:     340
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
where measure = 'urgent_submissions_on_time'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
