-- question: What is the series of a measure (or of all) at a level, on a spine of all its covered periods?
-- The rules are those of series_levels, of which this is one level and one grain.
create macro series_rows(a_measure, a_level, a_unit, a_borough, a_grain, a_since, a_until) as table
select measure, period_start, unit_code, borough, numerator, denominator, provisional
from series_levels(
    case when a_measure is not null then [a_measure] end,
    [a_level],
    a_unit,
    a_borough,
    [a_grain],
    a_since,
    a_until
)
