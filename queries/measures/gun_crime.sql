-- measure:   gun_crime
-- name:      Gun-enabled crime
-- question:  How many offences had a firearm, or what passed for one, among the weapons?
-- owner:     force
-- scope:     force
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       overlaps murder and robbery: never added to them
-- review_on: 2005-04-01
-- order:     70
-- alert:     rise
-- published: gun_crime
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
    and weapon in ('firearm', 'imitation_firearm')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
