-- question: What are the whole weeks of each series of the alert list, for the weekly expectation?
-- grain:    one row per series (measure, level, unit, borough) and whole covered week
-- params:   none
-- returns:  measure, level, unit_code, borough, week_start, n
with

whole as (

    select s.measure, s.level, s.unit_code, s.borough, s.period_start as week_start, s.numerator as n
    from series_levels(
        (select list(distinct measure) from alerted()),
        ['force', 'directorate', 'ocu', 'borough'],
        null,
        null,
        ['week'],
        null,
        null
    ) as s
    inner join alerted() as a on s.measure = a.measure and s.level = a.level

)

select *
from whole
where
    exists (
        select 1
        from measure_coverage as c
        where
            whole.measure = c.measure
            and c.grain in ('day', 'week')
            and whole.week_start >= c.since
            and whole.week_start + 7 <= c."until"
    )
