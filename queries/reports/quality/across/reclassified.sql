-- question: Of the reports that more than one snapshot knows, how many changed their offence?
-- grain:    one row per unit that has the report now
-- params:   $since (date, inclusive), the first day of report looked at
-- returns:  ocu, reports, reclassified
-- source:   crimes of several snapshots, each row with known_as_at
with

histories as (

    select
        crime_ref,
        arg_max(ocu, known_as_at) as ocu,
        count(distinct offence) as offences
    from crimes
    where reported_on >= $since::date
    group by crime_ref
    having count(*) > 1

)

select
    ocu,
    count(*) as reports,
    count(*) filter (offences > 1) as reclassified
from histories
group by ocu
order by ocu
