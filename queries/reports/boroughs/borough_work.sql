-- question: What did each OCU investigate in a borough, how does it stand, and how much is that of all its work?
-- grain:    one row per investigating OCU; the borough is where the offence was committed
-- params:   $borough (code), $before (date, inclusive), $before_until (date, exclusive), $since (date, inclusive), $until (date, exclusive)
-- returns:  ocu, offences, offences_before, offences_london, detected, detected_before, gun, unsolved, idle, unsolved_days, attended, attended_minutes, attended_london, attended_minutes_london
-- source:   crimes_told, snapshot
with

reports as (

    select
        ocu,
        borough = $borough as here,
        no_crimed_on is null and reported_on >= $since::date and reported_on < $until::date as now,
        no_crimed_on is null and reported_on >= $before::date
        and reported_on < $before_until::date as before,
        no_crimed_on is null and detection = 'sanction' as solved,
        detected_on,
        reported_on,
        last_updated_on,
        weapon in ('firearm', 'imitation_firearm') as gun,
        attended_minutes,
        (select as_at from snapshot) as as_at
    from crimes_told
    where
        reported_on < (select as_at from snapshot)

)

select
    ocu,
    count(*) filter (here and now) as offences,
    count(*) filter (here and before) as offences_before,
    count(*) filter (now) as offences_london,
    count(*) filter (here and solved and detected_on >= $since::date and detected_on < $until::date)
        as detected,
    count(*) filter (
        here and solved and detected_on >= $before::date and detected_on < $before_until::date
    ) as detected_before,
    count(*) filter (here and now and gun) as gun,
    count(*) filter (here and now and coalesce(detected_on >= as_at, true)) as unsolved,
    count(*) filter (
        here and now and coalesce(detected_on >= as_at, true)
        and coalesce(last_updated_on, reported_on) + 28 < as_at
    ) as idle,
    median(as_at - reported_on) filter (here and now and coalesce(detected_on >= as_at, true))
        as unsolved_days,
    count(attended_minutes) filter (here and now) as attended,
    median(attended_minutes) filter (here and now) as attended_minutes,
    count(attended_minutes) filter (now) as attended_london,
    median(attended_minutes) filter (now) as attended_minutes_london
from reports
group by ocu
order by ocu
