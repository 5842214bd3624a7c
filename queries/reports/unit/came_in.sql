-- question: How many reports came to a unit in the seven days to a day, on that day, and in each seven days before?
-- grain:    one row per offence, borough and seven days (weeks_ago 0: to the day itself)
-- params:   $unit (code), $last (date, inclusive), $weeks (integer: how many before)
-- returns:  offence, borough, weeks_ago, n, on_last
-- source:   crimes_told, units
with

placed as (

    select
        offence,
        borough,
        reported_on,
        date_diff('day', reported_on, $last::date) // 7 as weeks_ago
    from crimes_told
    where
        ocu in (
            select code from units
            where $unit in (code, directorate, (select force_code from organisation))
        )
        -- No-crimes stay in: what came in is what somebody had to look at.
        and reported_on <= $last::date
        and reported_on > $last::date - 7 * ($weeks::integer + 1)

)

select
    offence,
    borough,
    weeks_ago,
    count(*) as n,
    count(*) filter (where reported_on = $last::date) as on_last
from placed
group by offence, borough, weeks_ago
order by offence, weeks_ago, borough
