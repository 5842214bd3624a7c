-- measure:   firearms_recovered
-- name:      Firearms recovered
-- question:  How many firearms were recovered?
-- owner:     gun_crime
-- scope:     ocu
-- unit:      n
-- better:    higher
-- aggregate: sum
-- grain:     week
-- basis:     as the unit returned it
-- why:       weapons that will not be used
-- review_on: 2005-04-01
-- order:     150
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
where measure = 'firearms_recovered'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
