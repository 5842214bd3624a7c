-- question: How many crime reports have waited over 28 days to be validated, and the oldest how long?
-- grain:    one row
-- params:   none
-- returns:  reports, open_faults, oldest_days
-- source:   crimes, snapshot
select
    count(*) as reports,
    count(*) filter (validated_on is null) as open_faults,
    max((select as_at from snapshot) - reported_on) filter (validated_on is null) as oldest_days
from crimes
where reported_on < (select as_at from snapshot) - 28
order by reports
