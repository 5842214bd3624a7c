-- question: Whom did crime touch in the last twelve months, by unit and group, and was it detected?
-- grain:    one row per unit, offence, field (victim_ethnicity, victim_sex, victim_age_band) and code; blank as unknown
-- params:   none
-- returns:  unit_code, offence, field, code, victims, followed, detected
-- people:   victim_ethnicity, victim_sex, victim_age_band
-- source:   crimes, snapshot
with

victims as (

    select
        ocu,
        offence,
        -- Detections are compared where they had ninety days to come.
        reported_on < (select as_at from snapshot) - 90 as followed,
        detection = 'sanction' and detected_on < (select as_at from snapshot) as detected,
        unnest([
            {'name': 'victim_ethnicity', 'code': coalesce(victim_ethnicity, 'unknown')},
            {'name': 'victim_sex', 'code': coalesce(victim_sex, 'unknown')},
            {'name': 'victim_age_band', 'code': coalesce(victim_age_band, 'unknown')}
        ]) as field
    from crimes
    where
        no_crimed_on is null
        and victim_kind = 'person'
        and reported_on >= (select as_at from snapshot) - interval 12 months
        and reported_on < (select as_at from snapshot)

)

select
    ocu as unit_code,
    offence,
    field.name as field,
    field.code as code,
    count(*) as victims,
    count(*) filter (followed) as followed,
    count(*) filter (followed and detected) as detected
from victims
group by ocu, offence, field.name, field.code
order by unit_code, offence, field, code
