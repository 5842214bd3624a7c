-- question: What did the alert list of the as-at's meeting hold of each series, and what did its past let expect?
-- grain:    one row per series fit to be tested
-- params:   none
-- returns:  place, measure, family, unit_code, borough, window_since, window_until, windows_behind, now, tested, expected, variance, low, high, excess, p, fall_p, q, tier, fall, phi, common, by_chance, history, clusters
-- source:   alert_series, alert_clusters
-- `clusters`, on the first row alone: the boroughs that touch and were one problem, the most
-- unlikely first, each with its figures.
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
    history,
    case
        when place = 0 then (select list(c order by c.place) from alert_clusters as c)
    end as clusters
from alert_series
order by place
