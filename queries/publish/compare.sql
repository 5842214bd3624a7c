-- question: Which monthly figures differ between an older and a newer snapshot?
-- grain:    one row per measure, unit, borough and period whose figure changed
-- params:   none
-- returns:  measure, unit_code, borough, grain, period_start, known_until, old_numerator, old_denominator, new_numerator, new_denominator
-- source:   older, newer (the observations of two snapshots)
with

-- Only periods that both snapshots know of are revisions: later ones are new, and a stock's
-- window of two years drops its first weeks or months as it moves on.
known as (

    select o.measure, n.first_start, o.last_start, o.daily
    from (
        select measure, max(period_start) as last_start, bool_and(grain = 'day') as daily
        from older
        group by measure
    ) as o
    inner join (select measure, min(period_start) as first_start from newer group by measure) as n
        on o.measure = n.measure

),

old_months as (

    select
        older.measure,
        older.unit_code,
        older.borough,
        case when older.grain = 'day' then 'month' else older.grain end as shown_grain,
        case
            when older.grain = 'day' then date_trunc('month', older.period_start)::date
            else older.period_start
        end as started,
        -- What days of money add up to differs in its last digits with their order.
        round(sum(older.numerator), 6) as numerator,
        round(sum(older.denominator), 6) as denominator
    from older
    left join known on older.measure = known.measure
    where
        known.first_start is null
        or older.grain = 'day'
        or older.period_start >= known.first_start
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
        round(sum(newer.numerator), 6) as numerator,
        round(sum(newer.denominator), 6) as denominator
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
    -- Of the month in which the older one ends both are counted to its last day only.
    case
        when coalesce(n.shown_grain, o.shown_grain) = 'month' and k.daily
        then least(k.last_start + 1, (coalesce(n.started, o.started) + interval 1 month)::date)
    end as known_until,
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
left join known as k on coalesce(n.measure, o.measure) = k.measure
where
    coalesce(o.numerator, 0) <> coalesce(n.numerator, 0)
    or coalesce(o.denominator, 0) <> coalesce(n.denominator, 0)
order by
    abs(coalesce(n.numerator, 0) - coalesce(o.numerator, 0)) desc,
    measure,
    unit_code,
    borough,
    period_start
