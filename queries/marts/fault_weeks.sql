-- question: How many quality faults stood open at the end of each week, by who deals with them and where?
-- facts:    crimes
-- grain:    one row per week, unit, branch and borough where faults stand open, of the last two years
-- params:   $as_at (date, exclusive)
-- returns:  week, unit_code, branch, borough, n
with

deltas as (

    select
        date_trunc('week', day)::date as week,
        unit_code,
        branch,
        borough,
        sum(if(event = 'fault_opened', n, -n)) as change
    from crime_days
    where event in ('fault_opened', 'fault_closed')
    group by all

),

weeks as (

    select unnest(range(
        date_trunc('week', $as_at::date - 728)::timestamp,
        date_trunc('week', $as_at::date)::timestamp,
        interval 7 days
    ))::date as week

),

standing as (

    select weeks.week, d.unit_code, d.branch, d.borough, sum(d.change)::bigint as n
    from weeks
    inner join deltas as d on d.week <= weeks.week
    group by all

)

select week, unit_code, branch, borough, n
from standing
where n > 0
order by week, unit_code, branch, borough
