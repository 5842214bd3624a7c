-- question: How did each measure of the plan move, for the force and each directorate and OCU?
-- grain:    one row per measure, level, unit and month; of a measure known only by the quarter or week, by that
-- params:   none
-- returns:  measure, level, unit_code, grain, period_start, numerator, denominator, provisional, whole
with

coarse as (

    select m.id
    from measures as m
    where
        m.grain in ('quarter', 'week')
        or not exists (
            select 1
            from measure_coverage as c
            where m.id = c.measure and c.grain in ('day', 'month')
        )

),

series as (

    select
        measure,
        level,
        grain,
        period_start,
        unit_code,
        numerator,
        denominator,
        provisional
    from place_series
    where
        level in ('force', 'directorate', 'ocu')
        and grain = 'month'
        and numerator is not null

    union all

    select
        measure,
        level,
        grain,
        period_start,
        unit_code,
        numerator,
        denominator,
        provisional
    from series_levels(
        (select list(id) from coarse),
        ['force', 'directorate', 'ocu'],
        null,
        null,
        ['quarter', 'week'],
        null,
        null
    )

)

select
    measure,
    level,
    unit_code,
    grain,
    period_start,
    numerator,
    denominator,
    provisional,
    exists (
        select 1
        from measure_coverage as c
        where
            c.measure = series.measure
            and c.since <= series.period_start
            and c."until" >= period_end(series.grain, series.period_start)
    ) as whole
from series
order by level, unit_code, measure, grain, period_start
