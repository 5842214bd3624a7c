-- measure:   homicide_clear_up
-- name:      Homicide clear-up
-- question:  How many homicides were cleared, of those recorded in the period?
-- owner:     homicide
-- scope:     force
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     day
-- basis:     sanction detections of the period over offences of the period
-- why:       the first promise to the bereaved; may pass 100 % when old cases are cleared
-- review_on: 2005-04-01
-- order:     20
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
    and offence in ('murder', 'manslaughter', 'infanticide')
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
