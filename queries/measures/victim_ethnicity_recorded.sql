-- measure:   victim_ethnicity_recorded
-- name:      Victim ethnicity recorded
-- question:  For how many victims is the ethnicity recorded?
-- owner:     directorate
-- scope:     directorate
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     reports with a person as victim, no-crimes left out, by the day reported; not stated (NS) is not recorded
-- why:       without it nobody can tell whom crime touches
-- review_on: 2005-04-01
-- order:     430
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    coalesce(sum(n) filter (where event in ('ethnicity_recorded')), 0)::double as numerator,
    coalesce(sum(n) filter (where event in ('ethnicity_eligible')), 0)::double as denominator
from crime_days
where
    event in ('ethnicity_recorded', 'ethnicity_eligible')
    and unit_code in (select code from units where directorate = (select directorate from organisation))
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
