-- question: What has each OCU spent of its overtime profile this year, and how many posts are filled?
-- grain:    one row per OCU
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  unit_code, spent_gbp, profiled_gbp, months, posts, in_post, sickness_days, strength_month
-- source:   observations, strength, units
with

spent as (

    select
        unit_code,
        sum(numerator) as spent_gbp,
        sum(denominator) as profiled_gbp,
        count(distinct period_start) as months
    from observations
    where
        measure = 'overtime_against_profile'
        and period_start >= $since::date
        and period_start < $until::date
    group by unit_code

),

filled as (

    select
        unit_code,
        month,
        sum(posts) as posts,
        sum(in_post) as in_post,
        sum(sickness_days) as sickness_days
    from strength
    group by unit_code, month
    qualify month = max(month) over (partition by unit_code)

)

select
    units.code as unit_code,
    spent.spent_gbp,
    spent.profiled_gbp,
    coalesce(spent.months, 0) as months,
    filled.posts,
    filled.in_post,
    filled.sickness_days,
    filled.month as strength_month
from units
left join spent on units.code = spent.unit_code
left join filled on units.code = filled.unit_code
where units.level = 'ocu' and units.directorate = (select directorate from organisation)
order by units.code
