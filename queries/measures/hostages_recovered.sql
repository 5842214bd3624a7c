-- measure:   hostages_recovered
-- name:      Hostages recovered safely
-- question:  How many hostages came back safe, of the cases closed?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      percent
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     as the unit returned it
-- why:       the only result that matters in a live kidnap
-- review_on: 2005-04-01
-- order:     210
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
where measure = 'hostages_recovered'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
