-- question: How did each measure of a unit move, and, where only published counts serve it, the force?
-- grain:    one row per measure, place and period
-- params:   $unit (code of an OCU), $periods (integer: how many of the latest periods)
-- returns:  measure, place, grain, period_start, numerator, denominator, provisional, whole
-- source:   observations, measure_coverage, measures, units, areas
with

-- Published counts know no unit: of the unit's own measures they are force-wide context.
force_wide as (

    select m.id as measure
    from measures as m
    inner join measure_coverage as c on m.id = c.measure
    where m.owner = $unit
    group by m.id
    having bool_and(c.unit_code = 'MPS')

),

placed as (

    select 'unit' as place, 'month' as grain, s.*
    from series_rows(null, 'ocu', $unit, null, 'month', null, null) as s

    union all

    -- What is counted by the quarter has no months.
    select 'unit' as place, 'quarter' as grain, s.*
    from series_rows(null, 'ocu', $unit, null, 'quarter', null, null) as s
    inner join measures as m on s.measure = m.id
    where m.grain = 'quarter'

    union all

    select 'force' as place, 'month' as grain, s.*
    from series_rows(null, 'force', 'MPS', null, 'month', null, null) as s
    inner join force_wide as f on s.measure = f.measure

)

select
    measure,
    place,
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
qualify row_number() over (partition by measure, place, grain order by period_start desc) <= $periods
order by measure, place, grain, period_start
