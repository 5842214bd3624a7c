-- question: Which crime reports stand behind a unit's figure, newest first?
-- grain:    one row per crime report
-- params:   $measure (id), $unit (code), $borough (code, several with + between them, or left out), $branch (code, or left out), $since (date, inclusive), $until (date, exclusive), $limit (integer, or left out), $offset (integer)
-- returns:  crime_ref, reported_on, offence, borough, ocu, branch, weapon, premises, victim_kind, status, total
-- source:   crimes_open, measure_units, units
select
    crime_ref,
    reported_on,
    offence,
    borough,
    ocu,
    branch,
    weapon,
    premises,
    victim_kind,
    report_status(detected_on, no_crimed_on) as status,
    count(*) over () as total
from crimes_open
where
    ocu in (
        select code from units
        where $unit in (code, directorate, (select force_code from organisation))
    )
    and ocu in (select unit_code from measure_units where measure = $measure)
    and ($borough is null or list_contains(string_split($borough, '+'), borough))
    and ($branch is null or branch = $branch)
    and reported_on >= $since
    and reported_on < $until
    and reported_on < (select as_at from snapshot)
    and counted_crime($measure, crimes_open)
order by reported_on desc, crime_ref desc
limit $limit offset $offset
