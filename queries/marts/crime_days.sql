-- question: What happened to crime reports, day by day and place by place?
-- grain:    one row per event, day, unit, branch, team, borough, offence, weapon, premises
--           and kind of victim
-- facts:    crimes
-- params:   $as_at (date, exclusive: what happened on it or later is not known)
-- returns:  event, day, unit_code, branch, team, borough, offence, weapon, premises, victim_kind, n
-- source:   crimes, units
--
-- recorded            all reports, by the day reported
-- no_crimed           those of them that were no-crimed since, by the day reported
-- offence             the others, by the day reported; the events below are of these
-- detected_…          by the day detected; one whose kind is not said is no sanction detection
-- cohort_…            detected within 365 days of the report, by the day reported
-- ethnicity_eligible  a person is the victim, by the day reported
-- ethnicity_recorded  and the ethnicity is given ("not stated" is an answer), by the day reported
-- open_…              a report is open until detected, no-crimed or 365 days old: no source
--                     says when an undetected report is filed
-- fault_…             an open report has a quality fault once 28 days old, until validated
with

known as (

    select
        coalesce(own.ocu, crimes.ocu) as unit_code,
        -- A branch of another unit than the report's is none of this one.
        coalesce(if(part.ocu = own.ocu, part.branch, null), own.branch, 'unassigned') as branch,
        coalesce(if(part.ocu = own.ocu, part.team, null), own.team, 'unassigned') as team,
        crimes.borough,
        crimes.offence,
        coalesce(crimes.weapon, 'unknown') as weapon,
        coalesce(crimes.premises, 'unknown') as premises,
        coalesce(crimes.victim_kind, 'unknown') as victim_kind,
        crimes.victim_ethnicity,
        crimes.reported_on,
        if(crimes.no_crimed_on < $as_at, crimes.no_crimed_on, null) as no_crimed_on,
        if(crimes.detected_on < $as_at, crimes.detected_on, null) as detected_on,
        coalesce(crimes.detection, '') = 'sanction' as sanction,
        crimes.validated_on
    from crimes
    left join units as own on crimes.ocu = own.code
    left join units as part on coalesce(crimes.team, crimes.branch) = part.code

),

dated as (

    select
        *,
        no_crimed_on is null as counts,
        -- least() passes over nulls: the first of these that happened
        least(detected_on, no_crimed_on, reported_on + 365) as closed_on,
        least(validated_on, detected_on, no_crimed_on, reported_on + 365) as mended_on,
        reported_on + 28 as faulty_on
    from known

),

happened as (

    select
        unit_code,
        branch,
        team,
        borough,
        offence,
        weapon,
        premises,
        victim_kind,
        unnest([
            {'event': 'recorded', 'day': reported_on},
            {'event': 'no_crimed', 'day': if(counts, null, reported_on)},
            {'event': 'offence', 'day': if(counts, reported_on, null)},
            {'event': 'detected_sanction', 'day': if(counts and sanction, detected_on, null)},
            {
                'event': 'detected_non_sanction',
                'day': if(counts and not sanction, detected_on, null)
            },
            {
                'event': if(sanction, 'cohort_sanction', 'cohort_non_sanction'),
                'day': if(counts and detected_on <= reported_on + 365, reported_on, null)
            },
            {
                'event': 'ethnicity_eligible',
                'day': if(counts and victim_kind = 'person', reported_on, null)
            },
            {
                'event': 'ethnicity_recorded',
                'day': if(
                    counts and victim_kind = 'person' and victim_ethnicity is not null,
                    reported_on,
                    null
                )
            },
            {'event': 'open_opened', 'day': if(closed_on > reported_on, reported_on, null)},
            {'event': 'open_closed', 'day': if(closed_on > reported_on, closed_on, null)},
            {'event': 'fault_opened', 'day': if(mended_on > faulty_on, faulty_on, null)},
            {'event': 'fault_closed', 'day': if(mended_on > faulty_on, mended_on, null)}
        ], recursive := true)
    from dated

)

select
    event,
    day,
    unit_code,
    branch,
    team,
    borough,
    offence,
    weapon,
    premises,
    victim_kind,
    count(*) as n
from happened
where day < $as_at
group by event, day, unit_code, branch, team, borough, offence, weapon, premises, victim_kind
order by event, day, unit_code, branch, team, borough, offence, weapon, premises, victim_kind
