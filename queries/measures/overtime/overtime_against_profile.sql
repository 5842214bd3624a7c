-- measure:   overtime_against_profile
-- name:      Overtime against profile
-- question:  What was spent on overtime, of the budget profiled for the month?
-- owner:     directorate
-- scope:     directorate
-- unit:      percent
-- parts:     gbp
-- better:    lower
-- aggregate: sum
-- grain:     month
-- basis:     claims by the day worked over the profiled budget, whole months only
-- fact:      overtime overtime_budget
-- why:       the Star Chamber's first figure; under-spend is not simply good
-- review_on: 2005-04-01
-- order:     390
select
    'month' as grain,
    month as period_start,
    unit_code,
    branch as branch,
    team as team,
    'none' as borough,
    sum(cost_gbp)::double as numerator,
    sum(profiled_gbp)::double as denominator
from (
    select *, sum(profiled_gbp) over (partition by month, unit_code) as budget
    from overtime_months
)
-- Spend without a budget is no part of a rate against budget.
where
    budget > 0
    and unit_code in (
        select unit_code from measure_units where measure = 'overtime_against_profile'
    )
group by all
order by period_start, unit_code, branch, team, borough
