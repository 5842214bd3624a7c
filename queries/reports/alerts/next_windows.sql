-- question: What did the snapshot foretell of the window after its last?
-- grain:    one row per series of the alert list that is known up to the last window
-- params:   none
-- returns:  period_start, measure, family, unit_code, borough, n, expected, variance, tested, tier
-- source:   next_windows
select
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
order by measure, family, unit_code, borough
