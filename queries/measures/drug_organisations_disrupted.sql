-- measure:   drug_organisations_disrupted
-- name:      Class A organisations disrupted
-- question:  How many Class A organisations were disrupted?
-- owner:     serious_crime
-- scope:     directorate
-- unit:      n
-- better:    higher
-- aggregate: sum
-- grain:     month
-- basis:     verified claims
-- why:       claims count once they are verified
-- review_on: 2005-04-01
-- order:     220
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
where measure = 'drug_organisations_disrupted'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
