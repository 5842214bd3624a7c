-- measure:   homicide_clear_up_cohort
-- name:      Homicide clear-up, 12-month cohort
-- question:  Of the homicides of a period, how many were cleared within a year?
-- owner:     homicide
-- scope:     force
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     cohort: of the offences reported in the period, sanction detections within 365 days
-- why:       follows the same cases, so that no old case lifts it
-- review_on: 2005-04-01
-- order:     30
-- settles:   365
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    coalesce(sum(n) filter (where event in ('cohort_sanction')), 0)::double as numerator,
    coalesce(sum(n) filter (where event in ('offence')), 0)::double as denominator
from crime_days
where
    event in ('cohort_sanction', 'offence')
    and offence in ('murder', 'manslaughter', 'infanticide')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
