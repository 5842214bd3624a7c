-- question: Which crime reports stand behind a unit's figure, newest first?
-- grain:    one row per crime report
-- params:   $measure (id), $unit (code of an OCU), $borough (code, or left out), $since (date, inclusive), $until (date, exclusive), $limit (integer), $offset (integer)
-- returns:  crime_ref, reported_on, offence, borough, branch, weapon, premises, victim_kind, status, total
-- source:   crimes
with

-- What the measures count; a null offence is any, a null weapon is any.
counted as (

    select *
    from (
        values
        ('homicides', 'murder', null)
    ) as c (measure, offence, weapon)

)

select
    crimes.crime_ref,
    crimes.reported_on,
    crimes.offence,
    crimes.borough,
    crimes.branch,
    crimes.weapon,
    crimes.premises,
    crimes.victim_kind,
    case
        when crimes.no_crimed_on is not null then 'no_crimed'
        when crimes.detected_on is not null then 'detected'
        else 'open'
    end as status,
    count(*) over () as total
from crimes
where crimes.ocu = $unit
order by crimes.reported_on desc, crimes.crime_ref desc
limit $limit offset $offset
