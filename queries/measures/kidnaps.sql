-- measure:   kidnaps
-- name:      Kidnap
-- question:  How many kidnaps were reported?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      n
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       a life in hand while it lasts
-- review_on: 2005-04-01
-- order:     190
-- alert:     rise
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    sum(n)::double as numerator,
    null::double as denominator
from crime_days
where
    event = 'offence'
    and offence in ('kidnap')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
