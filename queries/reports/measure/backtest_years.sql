-- question: How did each measure's count, or both parts of each rate, grow by day or month, as a whole and in boroughs?
-- A measure is whole at the level of its scope; published counts know no unit, and are the force's.
-- grain:    one row per measure that adds up, place (whole or borough), unit, borough and period
-- params:   $unit (n, percent), $grain (day, month), $place (whole, borough), $until (date, exclusive)
-- returns:  measure, unit_code, borough, period_start, numerator, denominator
-- source:   observations, measure_coverage, measures, units, areas
with

counted as (

    select
        m.id as measure,
        case
            when $place = 'borough' then 'borough'
            when p.measure is not null then 'force'
            else m.scope
        end as level
    from measures as m
    left join (
        select distinct measure from measure_coverage
        where unit_code = (select force_code from organisation)
    ) as p
        on m.id = p.measure
    where m.unit = $unit and m.aggregate = 'sum'

)

select
    s.measure,
    s.unit_code,
    s.borough,
    s.period_start,
    s.numerator,
    s.denominator
from series_levels(
    (select list(distinct measure) from counted),
    case when $place = 'borough' then ['borough'] else ['force', 'directorate', 'ocu'] end,
    null,
    null,
    [$grain],
    null,
    $until
) as s
inner join counted as c on s.measure = c.measure and s.level = c.level
order by s.measure, s.unit_code, s.borough, s.period_start
