-- question: Which reports have an open fault, the oldest first or the newest?
-- grain:    one row per report and open fault
-- params:   $unit (code), $fault (rule, several with + between them, or left out), $branch (code, or left out), $first (newest, or left out: the oldest), $limit (integer, or left out), $offset (integer)
-- returns:  crime_ref, fault, name, ocu, branch, borough, reported_on, open_since, days_open, total
-- source:   faults_open, fault_rules, units, snapshot
select
    faults.crime_ref,
    faults.fault,
    rules.name,
    faults.ocu,
    faults.branch,
    faults.borough,
    faults.reported_on,
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
    and ($fault is null or list_contains(string_split($fault, '+'), faults.fault))
    and ($branch is null or faults.branch = $branch)
order by
    case when $first = 'newest' then faults.open_since end desc,
    faults.open_since,
    faults.crime_ref,
    rules.place
limit $limit offset $offset
