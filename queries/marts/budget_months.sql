-- question: Which overtime budget was each unit given, month by month?
-- grain:    one row per month and unit
-- facts:    overtime_budget
-- params:   none (a budget is known ahead)
-- returns:  month, unit_code, profiled_gbp, committed_gbp, budget_hours
-- source:   overtime_budget, units
select
    date_trunc('month', overtime_budget.month)::date as month,
    coalesce(units.ocu, overtime_budget.ocu) as unit_code,
    sum(overtime_budget.profiled_gbp) as profiled_gbp,
    sum(overtime_budget.committed_gbp) as committed_gbp,
    sum(overtime_budget.budget_hours) as budget_hours
from overtime_budget
left join units on overtime_budget.ocu = units.code
group by all
order by all
