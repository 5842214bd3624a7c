-- question: Which acts do the reports of a unit wait for, and how many of them does a measure count?
-- grain:    one row per fault rule and branch with an open fault
-- params:   $unit (code), $fault (rules, with + between them), $measure (id, or left out), $since (date from which one is new, or left out)
-- returns:  fault, name, ocu, branch, n, fresh, counted, oldest_since
-- source:   faults_open, fault_rules, measure_units, units
select
    faults.fault,
    rules.name,
    faults.ocu,
    faults.branch,
    count(*) as n,
    count(*) filter (where faults.open_since >= $since) as fresh,
    count(*) filter (
        where
        faults.ocu in (select unit_code from measure_units where measure = $measure)
        and counted_fault($measure, faults)
    ) as counted,
    min(faults.open_since) as oldest_since
from faults_open as faults
inner join fault_rules as rules on faults.fault = rules.fault
where
    faults.ocu in (
        select code from units
        where $unit in (code, directorate, (select force_code from organisation))
    )
    and list_contains(string_split($fault, '+'), faults.fault)
group by faults.fault, rules.name, faults.ocu, faults.branch
order by n desc, faults.fault, faults.ocu, faults.branch
