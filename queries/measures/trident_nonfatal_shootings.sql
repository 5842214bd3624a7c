-- measure:   trident_nonfatal_shootings
-- name:      Trident non-fatal shootings
-- question:  How many non-fatal shootings fell to Trident?
-- owner:     gun_crime
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       about seven a fortnight: two to thirteen is nothing but chance
-- review_on: 2005-04-01
-- order:     130
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
    and offence in ('shooting_nonfatal')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
