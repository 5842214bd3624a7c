-- question: What did each unit spend, against which budget, month by month and heading?
-- grain:    one row per month, unit, branch, team and heading
-- facts:    finance
-- params:   none (a budget is known ahead)
-- returns:  month, unit_code, branch, team, heading, budget_gbp, actual_gbp, forecast_gbp
-- source:   finance, units
select
    date_trunc('month', finance.month)::date as month,
    coalesce(units.ocu, finance.unit_code) as unit_code,
    coalesce(units.branch, 'unassigned') as branch,
    coalesce(units.team, 'unassigned') as team,
    finance.heading,
    sum(finance.budget_gbp) as budget_gbp,
    sum(finance.actual_gbp) as actual_gbp,
    sum(finance.forecast_gbp) as forecast_gbp
from finance
left join units on finance.unit_code = units.code
group by all
order by all
