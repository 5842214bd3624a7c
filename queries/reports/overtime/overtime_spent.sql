-- question: What did overtime cost, and how many hours, by month, unit, branch, category and rate in force?
-- grain:    one row per month, unit, branch, category and day since which the rates were in force
-- params:   $since (date, inclusive), $until (date, exclusive), $changes (days on which rates change, joined by commas)
-- returns:  month, unit_code, branch, category, rate_since, pence, hours, squares, n, known_on
-- source:   overtime, units
with

claims as (

    select
        *,
        list_max(
            list_filter(string_split(nullif($changes, ''), ',')::date[], lambda day: day <= worked_on)
        ) as rate_since
    from overtime
    where
        worked_on >= $since
        and worked_on < $until
        and ocu in (select code from units where directorate = (select directorate from organisation))

)

select
    date_trunc('month', worked_on)::date as month,
    ocu as unit_code,
    coalesce(branch, 'unassigned') as branch,
    category,
    rate_since,
    sum(round(cost_gbp * 100))::bigint as pence,
    sum(hours) as hours,
    -- in pounds: how much dearer than the mean the dear claims are
    sum(cost_gbp * cost_gbp) as squares,
    count(*) as n,
    (select max(vintage) from overtime) as known_on
from claims
group by all
order by month, unit_code, branch, category, rate_since
