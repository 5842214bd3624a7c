-- measure:   cash_in_transit_robbery
-- name:      Cash-in-transit robbery
-- question:  How many cash deliveries were robbed?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       crews move quickly from borough to borough
-- review_on: 2005-04-01
-- order:     180
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
    and offence in ('cash_in_transit_robbery')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
