-- question: How did each measure of a unit move, and, where only published counts serve it, the force?
-- grain:    one row per measure, place (unit, force) and period
-- params:   $unit (code), $periods (integer: how many of the latest periods)
-- returns:  measure, place, grain, period_start, numerator, denominator, provisional, whole
-- source:   observations, measure_coverage, measures, units, areas
with

-- Published counts know no unit: of the unit's own measures they are force-wide context.
published_only as (

    select m.id as measure, m.owner
    from measures as m
    inner join measure_coverage as c on m.id = c.measure
    group by m.id, m.owner
    having bool_and(c.unit_code = 'MPS')

),

placed as (

    select 'month' as grain, s.*
    from series_rows(null, null, $unit, null, 'month', null, null) as s

    union all

    -- What is counted by the quarter has no months.
    select 'quarter' as grain, s.*
    from series_rows(null, null, $unit, null, 'quarter', null, null) as s
    inner join measures as m on s.measure = m.id
    where m.grain = 'quarter'

    union all

    select 'month' as grain, s.*
    from series_rows(null, 'force', 'MPS', null, 'month', null, null) as s
    inner join published_only as p on s.measure = p.measure
    where p.owner = $unit and $unit <> 'MPS'

)

select
    measure,
    if(measure in (select p.measure from published_only as p), 'force', 'unit') as place,
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
order by measure, place, grain, period_start
