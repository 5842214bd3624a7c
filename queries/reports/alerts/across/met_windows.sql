-- question: What did each meeting see of its own window, as it was known then?
-- grain:    one row per snapshot and series that its meeting tested
-- params:   none
-- returns:  known_as_at, period_start, measure, family, unit_code, borough, n, expected, variance, tested, tier
-- source:   alert_series of several snapshots, each row with known_as_at
select
    known_as_at,
    window_since as period_start,
    measure,
    family,
    unit_code,
    borough,
    now as n,
    expected,
    variance,
    tested,
    tier
from alert_series
where tested and windows_behind = 0
order by known_as_at, place
