-- question: How did each measure's count, or both parts of each rate, grow by month, as a whole and in boroughs?
-- A measure is whole at the level of its scope; published counts know no unit, and are the force's.
-- grain:    one row per measure that adds up, place (whole or borough), unit, borough and month
-- params:   $unit (n, percent), $place (whole, borough)
-- returns:  measure, unit_code, borough, period_start, numerator, denominator
-- source:   place_series, measure_coverage, measures, organisation
select s.measure, s.unit_code, s.borough, s.period_start, s.numerator, s.denominator
from place_series as s
inner join measures as m on s.measure = m.id
left join (
    select distinct measure from measure_coverage
    where unit_code = (select force_code from organisation)
) as p
    on s.measure = p.measure
where
    s.grain = 'month'
    and s.numerator is not null
    and m.unit = $unit
    and m.aggregate = 'sum'
    and s.level = case
        when $place = 'borough' then 'borough'
        when p.measure is not null then 'force'
        else m.scope
    end
order by s.measure, s.unit_code, s.borough, s.period_start
