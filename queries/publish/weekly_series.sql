-- question: What are the whole weeks of each series of the alert list, for the weekly expectation?
-- grain:    one row per series (measure, level, unit, borough) and whole covered week
-- params:   none
-- returns:  measure, level, unit_code, borough, week_start, n
-- source:   listed_series, measure_coverage
select s.measure, s.level, s.unit_code, s.borough, s.period_start as week_start, s.numerator as n
from listed_series as s
where
    s.grain = 'week'
    and s.family is not null
    and exists (
        select 1
        from measure_coverage as c
        where
            s.measure = c.measure
            and c.grain in ('day', 'week')
            and s.period_start >= c.since
            and s.period_start + 7 <= c."until"
    )
