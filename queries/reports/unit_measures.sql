-- question: How did each measure of a unit move; of its own measures without figures of the unit, the force?
-- grain:    one row per measure and period
-- params:   $unit (code), $periods (integer: how many of the latest periods)
-- returns:  measure, place, grain, period_start, numerator, denominator, provisional, whole
-- source:   observations, measure_coverage, measures, units, areas
with

-- Published counts know no unit.
published_only as (

    select measure
    from measure_coverage
    group by measure
    having bool_and(unit_code = 'MPS')

),

of_unit as (

    select 'month' as grain, s.*
    from series_rows(null, null, $unit, null, 'month', null, null) as s

    union all

    -- What is counted by the quarter or week has no months.
    select 'quarter' as grain, s.*
    from series_rows(null, null, $unit, null, 'quarter', null, null) as s
    inner join measures as m on s.measure = m.id
    where m.grain = 'quarter'

    union all

    select 'week' as grain, s.*
    from series_rows(null, null, $unit, null, 'week', null, null) as s
    inner join measures as m on s.measure = m.id
    where m.grain = 'week'

),

placed as (

    select 'unit' as place, of_unit.*
    from of_unit

    union all

    select 'force' as place, 'month' as grain, s.*
    from series_rows(null, 'force', 'MPS', null, 'month', null, null) as s
    inner join measures as m on s.measure = m.id
    where m.owner = $unit and m.id not in (select of_unit.measure from of_unit)

)

select
    measure,
    if(measure in (select p.measure from published_only as p), 'published', place) as place,
    grain,
    period_start,
    numerator,
    denominator,
    provisional,
    exists (
        select 1
        from measure_coverage as c
        where
            c.measure = placed.measure
            and c.since <= placed.period_start
            and c."until" >= period_end(placed.grain, placed.period_start)
    ) as whole
from placed
qualify row_number() over (partition by measure, grain order by period_start desc) <= $periods
order by measure, grain, period_start
