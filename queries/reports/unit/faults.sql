-- question: Which reports of a unit have an open fault that a measure counts, the oldest first?
-- grain:    one row per report and open fault
-- params:   $measure (id), $unit (code), $borough (code, or left out), $branch (code, or left out), $limit (integer, or left out), $offset (integer)
-- returns:  crime_ref, reported_on, borough, ocu, branch, fault, name, open_since, days_open, total
-- source:   faults_open, fault_rules, measure_units, units, snapshot
select
    faults.crime_ref,
    faults.reported_on,
    faults.borough,
    faults.ocu,
    faults.branch,
    faults.fault,
    rules.name,
    faults.open_since,
    (select as_at from snapshot) - faults.open_since as days_open,
    count(*) over () as total
from faults_open as faults
inner join fault_rules as rules on faults.fault = rules.fault
where
    faults.ocu in (
        select code from units
        where $unit in (code, directorate, (select force_code from organisation))
    )
    and faults.ocu in (select unit_code from measure_units where measure = $measure)
    and ($borough is null or faults.borough = $borough)
    and ($branch is null or faults.branch = $branch)
    and counted_fault($measure, faults)
order by faults.open_since, faults.crime_ref
limit $limit offset $offset
