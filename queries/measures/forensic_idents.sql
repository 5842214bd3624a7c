-- measure:   forensic_idents
-- name:      Forensic identifications
-- question:  How many scenes examined gave an identification?
-- owner:     forensics
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     as the unit returned it
-- why:       what scene work gives back to every unit
-- review_on: 2005-04-01
-- order:     330
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    sum(numerator)::double as numerator,
    sum(denominator)::double as denominator
from return_periods
where measure = 'forensic_idents'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
