-- measure:   open_quality_faults
-- name:      Open quality faults
-- question:  How many quality faults stand open on crime reports?
-- owner:     directorate
-- scope:     force
-- unit:      n
-- better:    lower
-- aggregate: last
-- grain:     week
-- basis:     a stock at the end of the week: not validated within seven days, or detected without authority; no-crimed reports left out
-- why:       a figure is as good as the reports under it
-- review_on: 2005-04-01
-- order:     420
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'week' as grain,
    week as period_start,
    unit_code,
    branch as branch,
    'unassigned' as team,
    borough as borough,
    sum(n)::double as numerator,
    null::double as denominator
from fault_weeks
group by all
order by period_start, unit_code, branch, team, borough
