-- question: How many reports of each offence came to each OCU of the directorate in the last twelve months?
-- No-crimes are left out.
-- grain:    one row per OCU and offence with a report
-- params:   none
-- returns:  unit_code, offence, n
-- source:   crimes, units, organisation, snapshot
select crimes.ocu as unit_code, crimes.offence, count(*) as n
from crimes
cross join snapshot
inner join units
    on
        crimes.ocu = units.code
        and units.level = 'ocu'
        and units.directorate = (select directorate from organisation)
where
    crimes.no_crimed_on is null
    and crimes.reported_on >= (snapshot.as_at - interval 12 months)::date
    and crimes.reported_on < snapshot.as_at
group by all
order by unit_code, n desc, offence
