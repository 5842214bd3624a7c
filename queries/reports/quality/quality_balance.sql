-- question: Of the reports of a year, how many were detected and how many no-crimed, by unit?
-- grain:    one row per unit, with the year before beside it; all units together as the force
-- params:   none
-- returns:  unit_code, recorded, no_crimed, detected, recorded_before, no_crimed_before, detected_before
-- source:   crime_days, snapshot
with

placed as (

    select
        unit_code,
        event,
        n,
        day >= (select as_at from snapshot) - interval 12 months as this_year
    from crime_days
    where
        event in ('recorded', 'no_crimed', 'detected_sanction')
        and day >= (select as_at from snapshot) - interval 24 months
        and day < (select as_at from snapshot)

)

select
    coalesce(unit_code, (select force_code from organisation)) as unit_code,
    coalesce(sum(n) filter (event = 'recorded' and this_year), 0)::bigint as recorded,
    coalesce(sum(n) filter (event = 'no_crimed' and this_year), 0)::bigint as no_crimed,
    coalesce(sum(n) filter (event = 'detected_sanction' and this_year), 0)::bigint as detected,
    coalesce(sum(n) filter (event = 'recorded' and not this_year), 0)::bigint as recorded_before,
    coalesce(sum(n) filter (event = 'no_crimed' and not this_year), 0)::bigint as no_crimed_before,
    coalesce(sum(n) filter (event = 'detected_sanction' and not this_year), 0)::bigint
        as detected_before
from placed
group by rollup (unit_code)
order by unit_code
