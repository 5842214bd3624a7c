-- question: Which boroughs that touch were one problem at the as-at's meeting, and in which days of its window?
-- grain:    one row per problem, the most unlikely first
-- params:   none
-- returns:  place, measure, boroughs, first, until, now, expected, low, high, p, q, members
-- source:   alert_clusters
select
    place,
    measure,
    boroughs,
    first,
    "until",
    now,
    expected,
    low,
    high,
    p,
    q,
    members
from alert_clusters
order by place
