-- measure:   cash_seized
-- name:      Cash seized
-- question:  How much cash was seized?
-- owner:     economic_crime
-- scope:     ocu
-- unit:      gbp
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     as the unit returned it
-- why:       Proceeds of Crime Act; a few large sums move it
-- review_on: 2005-04-01
-- order:     250
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
where measure = 'cash_seized'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
