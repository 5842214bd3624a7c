-- question: Which reports came to a unit in some days, newest first?
-- grain:    one row per crime report
-- params:   $unit (code), $since (date, inclusive), $until (date, exclusive), $limit (integer)
-- returns:  crime_ref, reported_on, offence, borough, ocu, branch, weapon, status, total
-- source:   crimes_open, units
select
    crime_ref,
    reported_on,
    offence,
    borough,
    ocu,
    branch,
    weapon,
    case
        when no_crimed_on is not null then 'no_crimed'
        when detected_on is not null then 'detected'
        else 'open'
    end as status,
    count(*) over () as total
from crimes_open
where
    ocu in (
        select code from units
        where $unit in (code, directorate, (select force_code from organisation))
    )
    and reported_on >= $since
    and reported_on < $until
order by reported_on desc, crime_ref desc
limit $limit
