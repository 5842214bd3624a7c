-- question: What did each past window come to, and what did the windows before it let expect?
-- grain:    one row per window and series of the alert list
-- params:   none
-- returns:  period_start, measure, family, unit_code, borough, n, expected, variance, tested, tier
-- source:   alert_windows
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
from alert_windows
order by period_start, measure, family, unit_code, borough
