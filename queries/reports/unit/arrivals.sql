-- question: Which reports came to a unit in some days, newest first?
-- grain:    one row per crime report
-- params:   $unit (code), $branch (code, or left out), $since (date, inclusive), $until (date, exclusive), $limit (integer, or left out), $offset (integer)
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
    report_status(detected_on, no_crimed_on) as status,
    count(*) over () as total
from crimes_open
where
    ocu in (
        select code from units
        where $unit in (code, directorate, (select force_code from organisation))
    )
    and ($branch is null or branch = $branch)
    and reported_on >= $since
    and reported_on < $until
order by reported_on desc, crime_ref desc
limit $limit offset $offset
