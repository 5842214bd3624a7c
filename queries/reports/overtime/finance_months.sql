-- question: What is budgeted, spent and forecast for each unit under each heading, month by month?
-- grain:    one row per month, unit and heading
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  month, unit_code, heading, budget_pence, actual_pence, forecast_pence
-- source:   finance, units
select
    month,
    unit_code,
    heading,
    sum(round(budget_gbp * 100))::bigint as budget_pence,
    sum(round(actual_gbp * 100))::bigint as actual_pence,
    -- null where any of them has no forecast: a part would pass for the whole
    if(count(forecast_gbp) = count(*), sum(round(forecast_gbp * 100))::bigint, null)
        as forecast_pence
from finance
where
    month >= $since
    and month < $until
    and unit_code in (select code from units where directorate = (select directorate from organisation))
group by month, unit_code, heading
order by month, unit_code, heading
