-- measure:   cyber_attacks
-- name:      Attacks on computers
-- question:  How many attacks on computers were reported?
-- owner:     cyber
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       what the unit of {directorate} is there for
-- review_on: 2027-04-01
-- order:     10
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
    and offence in ('computer_misuse')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
