-- measure:   shootings
-- name:      Shootings
-- question:  How many people were shot at with a lethal barrel?
-- owner:     gun_crime
-- scope:     force
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     non-fatal shootings, and killings and attempts with a firearm; published: lethal-barrel discharges
-- why:       what Trident and the boroughs answer for together
-- review_on: 2005-04-01
-- order:     110
-- alert:     rise
-- published: lethal_barrel_discharge
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
    and offence in ('shooting_nonfatal', 'murder', 'manslaughter', 'attempted_murder')
    and (offence = 'shooting_nonfatal' or weapon = 'firearm')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
