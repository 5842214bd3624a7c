-- question: What did each unit spend on overtime a day, and under each heading of finance a month?
-- grain:    one row per kind of money, unit and period
-- params:   none
-- returns:  measure, unit_code, borough, grain, period_start, numerator, denominator
-- source:   overtime, finance
select
    'overtime_cost' as measure,
    ocu as unit_code,
    'none' as borough,
    'day' as grain,
    worked_on as period_start,
    sum(cost_gbp)::double as numerator,
    null::double as denominator
from overtime
group by all

union all

select
    'finance_' || heading as measure,
    unit_code,
    'none' as borough,
    'month' as grain,
    month as period_start,
    sum(actual_gbp)::double as numerator,
    null::double as denominator
from finance
group by all
