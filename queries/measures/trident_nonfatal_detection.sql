-- measure:   trident_nonfatal_detection
-- name:      Trident non-fatal shootings, detection
-- question:  How many of Trident's non-fatal shootings were detected?
-- owner:     gun_crime
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections on the day of detection over offences reported in the period
-- why:       12 of 49 and 30 % can't be told apart
-- review_on: 2005-04-01
-- order:     140
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
    and offence in ('shooting_nonfatal')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
