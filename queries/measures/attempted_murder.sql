-- measure:   attempted_murder
-- name:      Attempted murder
-- question:  How many attempts on a life were reported?
-- owner:     homicide
-- scope:     directorate
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       homicide that failed
-- review_on: 2005-04-01
-- order:     40
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
    and offence in ('attempted_murder')
    and unit_code in (select code from units where directorate = (select directorate from organisation))
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
