-- measure:   child_abuse_offences
-- name:      Child abuse offences
-- question:  How many offences against children within the family were recorded?
-- owner:     child_abuse
-- scope:     ocu
-- unit:      n
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       a fall may be a fall in reporting: neither way is good by itself
-- review_on: 2005-04-01
-- order:     290
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
    and offence in ('child_cruelty', 'child_sexual', 'child_assault')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
