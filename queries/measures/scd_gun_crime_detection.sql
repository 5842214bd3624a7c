-- measure:   scd_gun_crime_detection
-- name:      Gun-enabled crime of {directorate}, detection
-- question:  How many gun-enabled crimes that {directorate} investigated were detected?
-- owner:     serious_crime
-- scope:     directorate
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections on the day of detection over offences reported in the period
-- why:       the directorate's own part of the force's figure
-- review_on: 2005-04-01
-- order:     100
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
    and unit_code in (select code from units where directorate = (select directorate from organisation))
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
