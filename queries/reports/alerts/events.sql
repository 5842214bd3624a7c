-- question: On which days did the events of rare series happen, and when was the one before?
-- grain:    one row per measure, unit, borough and day (or published month) with events
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  measure, grain, period_start, unit_code, borough, n, previous
-- source:   observations, measures
with

summed as (

    select
        o.measure,
        o.grain,
        o.period_start,
        o.unit_code,
        o.borough,
        sum(o.numerator)::bigint as n
    from observations as o
    inner join measures as m on o.measure = m.id
    where m.alert and o.numerator > 0
    group by all

),

with_previous as (

    select
        *,
        lag(period_start) over (
            partition by measure, grain, unit_code, borough order by period_start
        ) as previous
    from summed

)

select measure, grain, period_start, unit_code, borough, n, previous
from with_previous
where period_start >= $since::date and period_start < $until::date
order by period_start desc, measure, unit_code, borough
