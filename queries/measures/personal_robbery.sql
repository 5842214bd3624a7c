-- measure:   personal_robbery
-- name:      Personal robbery
-- question:  How many people were robbed?
-- owner:     force
-- scope:     force
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       the boroughs' work; where a gun was used {directorate} shares it
-- review_on: 2005-04-01
-- order:     370
-- alert:     rise
-- published: robbery_personal
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
    and offence in ('robbery_personal')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
