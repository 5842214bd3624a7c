-- question: How many faults of each kind stood open in each unit, as at each snapshot?
-- grain:    one row per snapshot, unit and kind of fault
-- params:   none
-- returns:  known_as_at, ocu, fault, n
-- source:   faults of several snapshots, each row with known_as_at
select known_as_at, ocu, fault, count(*) as n
from faults
group by known_as_at, ocu, fault
order by known_as_at, ocu, fault
