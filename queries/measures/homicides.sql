-- measure:   homicides
-- name:      Homicide
-- question:  How many people were killed?
-- owner:     homicide
-- scope:     force
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       the gravest harm there is; few enough that each counts
-- review_on: 2005-04-01
-- order:     10
-- alert:     rise
-- published: murder manslaughter infanticide homicide
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
    and offence in ('murder', 'manslaughter', 'infanticide')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
