-- measure:   scd_share_of_gun_crime
-- name:      Gun-enabled crime, {directorate}'s share
-- question:  What share of gun-enabled crime did {directorate} investigate?
-- owner:     directorate
-- scope:     force
-- unit:      percent
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     offences of {directorate}'s units over all; kept at the force, so that no unit is its own whole
-- why:       what the directorate does for boroughs; neither high nor low is good
-- review_on: 2005-04-01
-- order:     90
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    (select force_code from organisation) as unit_code,
    'unassigned' as branch,
    'unassigned' as team,
    borough,
    coalesce(
        sum(n) filter (
            where unit_code in (select code from units where directorate = (select directorate from organisation))
        ), 0
    )::double as numerator,
    sum(n)::double as denominator
from crime_days
where
    event = 'offence'
    and weapon in ('firearm', 'imitation_firearm')
group by day, borough
order by period_start, borough
