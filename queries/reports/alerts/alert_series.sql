-- question: What did the alert list of the as-at's meeting hold of each series, and what did its past let expect?
-- grain:    one row per series fit to be tested
-- params:   none
-- returns:  place, measure, family, unit_code, borough, window_since, window_until, windows_behind, now, tested, expected, variance, low, high, excess, p, fall_p, q, tier, fall, phi, common, by_chance, history
-- source:   alert_series
select
    place,
    measure,
    family,
    unit_code,
    borough,
    window_since,
    window_until,
    windows_behind,
    now,
    tested,
    expected,
    variance,
    low,
    high,
    excess,
    p,
    fall_p,
    q,
    tier,
    fall,
    phi,
    common,
    by_chance,
    history
from alert_series
order by place
