-- question: Which reports of a unit have an open quality fault, the oldest first?
-- grain:    one row per report and open fault
-- params:   $unit (code), $borough (code, or left out), $limit (integer), $offset (integer)
-- returns:  crime_ref, reported_on, borough, branch, fault, open_since, days_open, total
-- source:   crimes_open, units
with

-- As queries/marts/crime_days counts them.
faults as (

    select
        crime_ref,
        reported_on,
        borough,
        branch,
        unnest([
            {
                'fault': 'not_validated',
                'since': if(validated_on is null, reported_on + 7, null)
            },
            {
                'fault': 'detection_not_authorised',
                'since': if(detection_authorised_on is null, detected_on, null)
            }
        ]) as found
    from crimes_open
    where
        no_crimed_on is null
        and ocu in (
            select code from units
            where $unit in (code, directorate, (select force_code from organisation))
        )
        and ($borough is null or borough = $borough)

)

select
    crime_ref,
    reported_on,
    borough,
    branch,
    found.fault as fault,
    found.since as open_since,
    (select as_at from snapshot) - found.since as days_open,
    count(*) over () as total
from faults
where found.since < (select as_at from snapshot)
order by open_since, crime_ref
limit $limit offset $offset
