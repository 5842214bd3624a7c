-- question: How many crime reports have a quality fault open at the end of the data, and the oldest for how long?
-- grain:    one row
-- params:   none
-- returns:  reports, open_faults, oldest_days
-- source:   crimes, snapshot
with

-- The faults of measure open_quality_faults, one report counted once however many it has.
judged as (

    select
        snapshot.as_at,
        case
            when crimes.validated_on is null and crimes.reported_on + 7 < snapshot.as_at
                then crimes.reported_on + 7
            when crimes.detected_on < snapshot.as_at and crimes.detection_authorised_on is null
                then crimes.detected_on
        end as faulty_since
    from crimes
    cross join snapshot
    where crimes.reported_on < snapshot.as_at

)

select
    count(*) as reports,
    count(faulty_since) as open_faults,
    max(as_at - faulty_since) as oldest_days
from judged
order by reports
