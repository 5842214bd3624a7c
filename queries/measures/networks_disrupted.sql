-- measure:   networks_disrupted
-- name:      Networks disrupted
-- question:  How many criminal networks were disrupted?
-- owner:     serious_crime
-- scope:     directorate
-- unit:      n
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     verified claims
-- why:       claims count once they are verified
-- review_on: 2005-04-01
-- order:     230
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    coalesce(sum(numerator) filter (where verified), 0)::double as numerator,
    null::double as denominator
from return_periods
where measure = 'networks_disrupted'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
