-- question: How did each measure of a unit move; of its own measures without figures of the unit, the force?
-- grain:    one row per measure and period
-- params:   $unit (code of an OCU, a directorate or the force), $periods (integer: how many of the latest periods)
-- returns:  measure, place, grain, period_start, numerator, denominator, provisional, whole
-- source:   plan_series, measure_coverage, measures, units
with

-- Published counts know no unit.
published_only as (

    select measure
    from measure_coverage
    group by measure
    having bool_and(unit_code = (select force_code from organisation))

),

of_unit as (

    select s.*
    from plan_series as s
    inner join units as u on s.unit_code = u.code and s.level = u.level
    inner join measures as m on s.measure = m.id
    -- What is counted by the quarter or week has no months.
    where s.unit_code = $unit and s.grain in ('month', m.grain)

),

placed as (

    select 'unit' as place, of_unit.*
    from of_unit

    union all

    select 'force' as place, s.*
    from plan_series as s
    inner join measures as m on s.measure = m.id
    where
        s.level = 'force'
        and s.grain in ('month', m.grain)
        and m.owner = $unit
        and m.id not in (select of_unit.measure from of_unit)

)

select
    measure,
    if(measure in (select p.measure from published_only as p), 'published', place) as place,
    grain,
    period_start,
    numerator,
    denominator,
    provisional,
    whole
from placed
qualify row_number() over (partition by measure, grain order by period_start desc) <= $periods
order by measure, grain, period_start
