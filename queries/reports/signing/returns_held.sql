-- question: Which units returned figures of which month, how many, and what tells them from any others?
-- grain:    one row per OCU, month in which the periods end, and measure
-- params:   none
-- returns:  unit_code, month, measure, first_start, figures, digest
-- source:   return_periods
with

ended as (

    select
        *,
        date_trunc(
            'month',
            case grain
                when 'week' then period_start + interval 6 days
                when 'quarter' then period_start + interval 2 months
                else period_start
            end
        )::date as month
    from return_periods
    -- Who is above the OCUs has nobody to sign for.
    where unit_code is not null

)

select
    unit_code,
    month,
    measure,
    min(period_start) as first_start,
    count(*) as figures,
    md5(
        string_agg(
            concat_ws(
                '|', grain, period_start, branch, team, borough, verified,
                coalesce(numerator::varchar, ''), coalesce(denominator::varchar, '')
            ),
            ';' order by grain, period_start, branch, team, borough, verified
        )
    ) as digest
from ended
group by unit_code, month, measure
order by unit_code, month, measure
