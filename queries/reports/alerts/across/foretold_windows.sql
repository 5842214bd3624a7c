-- question: What did each snapshot foretell of the window after its last?
-- grain:    one row per snapshot and series that is long enough to be tested
-- params:   none
-- returns:  known_as_at, period_start, measure, family, unit_code, borough, n, expected, variance, tested, tier
-- source:   next_windows of several snapshots, each row with known_as_at
select
    known_as_at,
    period_start,
    measure,
    family,
    unit_code,
    borough,
    n,
    expected,
    variance,
    tested,
    tier
from next_windows
where tested
order by known_as_at, measure, family, unit_code, borough
