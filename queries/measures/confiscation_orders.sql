-- measure:   confiscation_orders
-- name:      Confiscation orders
-- question:  How much did courts order to be confiscated?
-- owner:     economic_crime
-- scope:     ocu
-- unit:      gbp
-- better:    higher
-- aggregate: sum
-- grain:     quarter
-- basis:     as the unit returned it
-- why:       what was ordered, not yet what was paid
-- review_on: 2005-04-01
-- order:     270
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
where measure = 'confiscation_orders'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
