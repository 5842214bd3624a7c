-- question: What should each week of a series have brought, by its last three to five years?
-- grain:    one row per series (measure, level, unit, borough) and week, of the latest half year, where the gate is passed
-- params:   $measure (id), $level (force, directorate, ocu, borough), $unit (code), $borough (code); all when left out
-- returns:  measure, level, unit_code, borough, week_start, count, expected, upper, phi, trend, p, alarm, years, break_on
-- source:   weekly_expectations
select
    measure,
    level,
    unit_code,
    borough,
    week_start,
    count,
    expected,
    upper,
    phi,
    trend,
    p,
    alarm,
    years,
    break_on
from weekly_expectations
where
    ($measure is null or measure = $measure)
    and ($level is null or level = $level)
    and ($unit is null or unit_code = $unit)
    and ($borough is null or borough = $borough)
order by measure, level, unit_code, borough, week_start
