-- measure:   child_abuse_no_crime_rate
-- name:      Child abuse, no-crime rate
-- question:  How many child-abuse reports were no-crimed?
-- owner:     child_abuse
-- scope:     ocu
-- unit:      percent
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     no-crimed over all recorded, no-crimes included, by the day reported
-- why:       the balance to the detection rate: it must not rise with it
-- review_on: 2005-04-01
-- order:     310
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    coalesce(sum(n) filter (where event in ('no_crimed')), 0)::double as numerator,
    coalesce(sum(n) filter (where event in ('recorded')), 0)::double as denominator
from crime_days
where
    event in ('no_crimed', 'recorded')
    and offence in ('child_cruelty', 'child_sexual', 'child_assault')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
