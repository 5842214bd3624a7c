-- question: Which monthly figures differ between an older and a newer snapshot?
-- grain:    one row per measure, unit, borough and period whose figure changed
-- params:   none
-- returns:  measure, unit_code, borough, grain, period_start, old_numerator, old_denominator, new_numerator, new_denominator
-- source:   older, newer (the observations of two snapshots)
with

-- Only periods that both snapshots know of are revisions; later ones are new.
known as (

    select measure, max(period_start) as last_start
    from older
    group by measure

),

old_months as (

    select
        measure,
        unit_code,
        borough,
        case when grain = 'day' then 'month' else grain end as shown_grain,
        case when grain = 'day' then date_trunc('month', period_start)::date else period_start end as started,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from older
    group by all

),

new_months as (

    select
        newer.measure,
        newer.unit_code,
        newer.borough,
        case when newer.grain = 'day' then 'month' else newer.grain end as shown_grain,
        case
            when newer.grain = 'day' then date_trunc('month', newer.period_start)::date
            else newer.period_start
        end as started,
        sum(newer.numerator) as numerator,
        sum(newer.denominator) as denominator
    from newer
    inner join known on newer.measure = known.measure and newer.period_start <= known.last_start
    group by all

)

select
    coalesce(n.measure, o.measure) as measure,
    coalesce(n.unit_code, o.unit_code) as unit_code,
    coalesce(n.borough, o.borough) as borough,
    coalesce(n.shown_grain, o.shown_grain) as grain,
    coalesce(n.started, o.started) as period_start,
    coalesce(o.numerator, 0) as old_numerator,
    o.denominator as old_denominator,
    coalesce(n.numerator, 0) as new_numerator,
    n.denominator as new_denominator
from old_months as o
full outer join new_months as n
    on
        o.measure = n.measure
        and o.unit_code = n.unit_code
        and o.borough = n.borough
        and o.shown_grain = n.shown_grain
        and o.started = n.started
where
    coalesce(o.numerator, 0) <> coalesce(n.numerator, 0)
    or coalesce(o.denominator, 0) <> coalesce(n.denominator, 0)
order by
    abs(coalesce(n.numerator, 0) - coalesce(o.numerator, 0)) desc,
    measure,
    unit_code,
    borough,
    period_start
