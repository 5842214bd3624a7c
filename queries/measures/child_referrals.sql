-- measure:   child_referrals
-- name:      Child referrals
-- question:  How many reports of a child coming to notice were made?
-- owner:     child_abuse
-- scope:     ocu
-- unit:      n
-- better:    neutral
-- aggregate: sum
-- grain:     week
-- basis:     as the unit returned it
-- why:       Merlin; the work that comes before an offence
-- review_on: 2005-04-01
-- order:     320
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
where measure = 'child_referrals'
group by grain, period_start, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
