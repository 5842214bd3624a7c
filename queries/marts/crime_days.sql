-- question: How many reports, offences, detections and faults fall on each day, by who deals with them and where?
-- facts:    crimes
-- grain:    one row per event, day, unit, branch, team, borough, offence, weapon, premises and kind of victim
-- params:   $as_at (date, exclusive)
-- returns:  event, day, unit_code, branch, team, borough, offence, weapon, premises, victim_kind, n
with

-- One pass over the reports: each becomes the list of its events; a null day is no event.
events as (

    select
        ocu,
        branch,
        team,
        borough,
        offence,
        weapon,
        premises,
        victim_kind,
        unnest([
            {'event': 'recorded', 'day': reported_on},
            {'event': 'no_crimed', 'day': if(no_crimed_on is not null, reported_on, null)},
            {'event': 'offence', 'day': if(no_crimed_on is null, reported_on, null)},
            {
                'event': 'detected_sanction',
                'day': if(no_crimed_on is null and detection = 'sanction', detected_on, null)
            },
            {
                'event': 'detected_non_sanction',
                'day': if(no_crimed_on is null and detection = 'non_sanction', detected_on, null)
            },
            {
                'event': 'cohort_sanction',
                'day': if(
                    no_crimed_on is null and detection = 'sanction' and detected_on < $as_at
                    and detected_on - reported_on <= 365,
                    reported_on,
                    null
                )
            },
            {
                'event': 'cohort_non_sanction',
                'day': if(
                    no_crimed_on is null and detection = 'non_sanction' and detected_on < $as_at
                    and detected_on - reported_on <= 365,
                    reported_on,
                    null
                )
            },
            {
                'event': 'ethnicity_eligible',
                'day': if(no_crimed_on is null and victim_kind = 'person', reported_on, null)
            },
            {
                'event': 'ethnicity_recorded',
                'day': if(
                    no_crimed_on is null and victim_kind = 'person'
                    and victim_ethnicity is not null and victim_ethnicity not in ('NS', 'unknown'),
                    reported_on,
                    null
                )
            },
            -- Fault: not validated within seven days; it is mended when somebody validates.
            {
                'event': 'fault_opened',
                'day': if(
                    no_crimed_on is null
                    and (validated_on is null or validated_on > reported_on + 7),
                    reported_on + 7,
                    null
                )
            },
            {
                'event': 'fault_closed',
                'day': if(
                    no_crimed_on is null and validated_on > reported_on + 7, validated_on, null
                )
            },
            -- Fault: a detection that nobody authorised on its day.
            {
                'event': 'fault_opened',
                'day': if(
                    no_crimed_on is null and detected_on is not null
                    and (detection_authorised_on is null or detection_authorised_on > detected_on),
                    detected_on,
                    null
                )
            },
            {
                'event': 'fault_closed',
                'day': if(
                    no_crimed_on is null and detection_authorised_on > detected_on,
                    detection_authorised_on,
                    null
                )
            }
        ]) as happened
    from crimes

)

select
    happened.event as event,
    happened.day as day,
    ocu as unit_code,
    coalesce(branch, 'unassigned') as branch,
    coalesce(team, 'unassigned') as team,
    borough,
    offence,
    coalesce(weapon, 'unknown') as weapon,
    coalesce(premises, 'unknown') as premises,
    coalesce(victim_kind, 'unknown') as victim_kind,
    count(*) as n
from events
where happened.day < $as_at
group by all
order by event, day, unit_code, branch, team, borough, offence
