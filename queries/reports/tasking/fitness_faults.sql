-- question: How many faults that a measure counts stand open, on how many crime reports, how many of them of the directorate, and the oldest for how long?
-- grain:    one row
-- params:   $measure (id)
-- returns:  reports, faulty, open_faults, of_directorate, oldest_days
-- source:   crimes, faults, units, organisation, snapshot
with

-- A report may have several faults: what waits to be put right is counted by both.
at_fault as (

    select
        crime_ref,
        count(*) as faults,
        min(open_since) as since
    from faults
    where counted_fault($measure, faults)
    group by crime_ref

)

select
    count(*) as reports,
    count(at_fault.faults) as faulty,
    coalesce(sum(at_fault.faults), 0)::bigint as open_faults,
    coalesce(
        sum(at_fault.faults) filter (
            crimes.ocu in (
                select units.code
                from units
                inner join organisation on units.directorate = organisation.directorate
            )
        ),
        0
    )::bigint as of_directorate,
    max(snapshot.as_at - at_fault.since) as oldest_days
from crimes
cross join snapshot
left join at_fault on crimes.crime_ref = at_fault.crime_ref
where crimes.reported_on < snapshot.as_at
order by reports
