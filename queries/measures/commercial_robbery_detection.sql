-- measure:   commercial_robbery_detection
-- name:      Commercial robbery, detection
-- question:  How many commercial robberies were detected?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections on the day of detection over offences reported in the period; published: positive outcomes
-- why:       the risk that a robber runs
-- review_on: 2005-04-01
-- order:     170
-- published: robbery_business
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
    and offence in ('robbery_business')
    and unit_code = $owner
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
