-- measure:   commercial_robbery
-- name:      Commercial robbery
-- question:  How many businesses were robbed within the Flying Squad's remit?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       the pressure that the tasking meeting moves resources to
-- review_on: 2005-04-01
-- order:     160
-- alert:     rise
-- published: robbery_business
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
    and offence in ('robbery_business')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
