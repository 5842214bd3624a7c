-- measure:   gun_crime_detection
-- name:      Gun-enabled crime, detection
-- question:  How many gun-enabled crimes were detected?
-- owner:     force
-- scope:     force
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections on the day of detection over offences reported in the period; published: positive outcomes
-- why:       the risk that a gunman runs
-- review_on: 2005-04-01
-- order:     80
-- published: gun_crime
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
    and weapon in ('firearm', 'imitation_firearm')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
