-- measure:   cash_seizure_cases
-- name:      Cash seizures
-- question:  In how many cases was cash seized?
-- owner:     economic_crime
-- scope:     ocu
-- unit:      n
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     as the unit returned it
-- why:       the number beside the sum
-- review_on: 2005-04-01
-- order:     260
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    sum(numerator)::double as numerator,
    null::double as denominator
from return_periods
where measure = 'cash_seizure_cases'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
