-- question: What is the latest known state of each crime report?
-- grain:    one row per crime_ref
-- params:   none
-- returns:  the columns of kind crimes, then vintage
-- source:   staged (rows with sequence), spelling_area, spelling_offence, units
select
    staged.crime_ref,
    staged.reported_on,
    staged.committed_on,
    staged.committed_hour,
    staged.classified_on,
    coalesce(offences.code, 'unknown') as offence,
    coalesce(areas.code, 'unknown') as borough,
    coalesce(own.ocu, staged.ocu) as ocu,
    -- A branch or team of another OCU is not this report's; a unit below the OCU says its own.
    coalesce(
        if(branches.ocu = own.ocu, branches.branch, null),
        if(teams.ocu = own.ocu, teams.branch, null),
        own.branch
    ) as branch,
    coalesce(if(teams.ocu = own.ocu, teams.team, null), own.team) as team,
    staged.detected_on,
    staged.detection,
    staged.detection_authorised_on,
    staged.no_crimed_on,
    staged.weapon,
    staged.premises,
    staged.victim_kind,
    staged.victim_age_band,
    staged.victim_sex,
    staged.victim_ethnicity,
    staged.attended_minutes,
    staged.last_updated_on,
    staged.validated_on,
    staged.supervised_on,
    staged.vintage
from staged
left join spelling_area as areas
    on areas.source = 'crimes' and staged.borough is not distinct from areas.spelt
left join spelling_offence as offences
    on offences.source = 'crimes' and staged.offence is not distinct from offences.spelt
left join units as own on staged.ocu = own.code
left join units as branches on staged.branch = branches.code
left join units as teams on staged.team = teams.code
