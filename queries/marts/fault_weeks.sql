-- question: How many quality faults of each kind stood open at the end of each week, by who deals with them and where?
-- facts:    none
-- grain:    one row per week, fault, unit, branch and borough where faults stand open, of the last two years
-- params:   $as_at (date, exclusive)
-- returns:  week, fault, unit_code, branch, borough, n
-- Of the rules that say when a fault is mended; of the others nobody can tell how many once stood.
with

span as (

    select
        date_trunc('week', $as_at::date - 728)::date as since,
        date_trunc('week', $as_at::date)::date as "until"

),

events as (

    select
        ocu as unit_code,
        coalesce(branch, 'unassigned') as branch,
        borough,
        fault,
        unnest([opened, closed]) as day,
        unnest([1, -1]) as change
    from fault_spans

),

-- What opened and closed before the first week stands, or stands no more, when it begins.
deltas as (

    select
        greatest(date_trunc('week', e.day)::date, span.since) as week,
        e.fault,
        e.unit_code,
        e.branch,
        e.borough,
        sum(e.change) as change
    from events as e
    cross join span
    where e.day < span."until"
    group by all

),

-- How many stand from a week with a change on, up to the next.
steps as (

    select
        week,
        fault,
        unit_code,
        branch,
        borough,
        sum(change) over series as n,
        lead(week) over series as next_week
    from deltas
    window series as (partition by fault, unit_code, branch, borough order by week)

)

select
    unnest(range(s.week, coalesce(s.next_week, span."until"), interval 7 days))::date as week,
    s.fault,
    s.unit_code,
    s.branch,
    s.borough,
    s.n::bigint as n
from steps as s
cross join span
where s.n > 0
order by week, fault, unit_code, branch, borough
