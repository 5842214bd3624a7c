-- question: How complete are the crime reports of the last twelve months?
-- grain:    one row
-- params:   none
-- returns:  reports, validated, unknown_area, unknown_offence
-- source:   crimes, snapshot
select
    count(*) as reports,
    count(validated_on) as validated,
    count(*) filter (borough = 'unknown') as unknown_area,
    count(*) filter (offence = 'unknown') as unknown_offence
from crimes
where
    reported_on >= (select as_at from snapshot) - interval 12 months
    and reported_on < (select as_at from snapshot)
order by reports
