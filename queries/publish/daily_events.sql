-- question: On which days did the events of the alert list's measures happen, by borough?
-- grain:    one row per measure known by the day, borough and day with events
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  measure, borough, period_start, n
-- source:   observations, measures
select
    o.measure,
    o.borough,
    o.period_start,
    sum(o.numerator) as n
from observations as o
inner join measures as m on o.measure = m.id
where
    m.alert
    and o.grain = 'day'
    and o.numerator > 0
    and o.period_start >= $since::date
    and o.period_start < $until::date
group by all
order by o.measure, o.borough, o.period_start
