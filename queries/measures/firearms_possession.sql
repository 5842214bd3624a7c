-- measure:   firearms_possession
-- name:      Firearms possession
-- question:  How many people were found with a firearm they may not have?
-- owner:     force
-- scope:     force
-- unit:      n
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       most are found by looking: a rise is work done
-- review_on: 2005-04-01
-- order:     360
-- published: firearms_possession
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
    and offence in ('firearms_possession')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
