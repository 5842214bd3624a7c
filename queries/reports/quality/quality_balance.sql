-- question: Of the reports of a year, how many were detected and how many no-crimed, by unit?
-- grain:    one row per unit, with the year before beside it; all units together as the force
-- params:   none
-- returns:  unit_code, recorded, no_crimed, detected, recorded_before, no_crimed_before, detected_before
-- source:   crimes, snapshot
with

-- A no-crimed report leaves what is detected, as in the measures of detection.
events as (

    select
        ocu as unit_code,
        unnest([
            {'event': 'recorded', 'day': reported_on},
            {'event': 'no_crimed', 'day': if(no_crimed_on is not null, reported_on, null)},
            {
                'event': 'detected',
                'day': if(no_crimed_on is null and detection = 'sanction', detected_on, null)
            }
        ]) as happened
    from crimes

),

placed as (

    select
        unit_code,
        happened.event as event,
        happened.day >= (select as_at from snapshot) - interval 12 months as this_year
    from events
    where
        happened.day >= (select as_at from snapshot) - interval 24 months
        and happened.day < (select as_at from snapshot)

)

select
    coalesce(unit_code, (select force_code from organisation)) as unit_code,
    count(*) filter (event = 'recorded' and this_year) as recorded,
    count(*) filter (event = 'no_crimed' and this_year) as no_crimed,
    count(*) filter (event = 'detected' and this_year) as detected,
    count(*) filter (event = 'recorded' and not this_year) as recorded_before,
    count(*) filter (event = 'no_crimed' and not this_year) as no_crimed_before,
    count(*) filter (event = 'detected' and not this_year) as detected_before
from placed
group by rollup (unit_code)
order by unit_code
