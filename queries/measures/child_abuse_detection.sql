-- measure:   child_abuse_detection
-- name:      Child abuse, detection
-- question:  How many child-abuse offences were detected?
-- owner:     child_abuse
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections on the day of detection over offences reported in the period
-- why:       read beside the no-crime rate
-- review_on: 2005-04-01
-- order:     300
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    coalesce(sum(n) filter (where event in ('detected_sanction')), 0)::double as numerator,
    coalesce(sum(n) filter (where event in ('offence')), 0)::double as denominator
from crime_days
where
    event in ('detected_sanction', 'offence')
    and offence in ('child_cruelty', 'child_sexual', 'child_assault')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
