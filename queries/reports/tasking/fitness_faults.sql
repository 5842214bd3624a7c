-- question: How many crime reports have a fault open that a measure counts, and the oldest for how long?
-- grain:    one row
-- params:   $measure (id)
-- returns:  reports, open_faults, oldest_days
-- source:   crimes, faults, snapshot
with

-- One report is counted once however many faults it has.
faulty as (

    select crime_ref, min(open_since) as since
    from faults
    where counted_fault($measure, faults)
    group by crime_ref

)

select
    count(*) as reports,
    count(faulty.since) as open_faults,
    max(snapshot.as_at - faulty.since) as oldest_days
from crimes
cross join snapshot
left join faulty on crimes.crime_ref = faulty.crime_ref
where crimes.reported_on < snapshot.as_at
order by reports
