-- fault:      ethnicity_missing
-- name:       Victim's ethnicity left blank
-- question:   Which reports with a person as victim have no ethnicity of the victim after fourteen days?
-- owner:      directorate
-- of:         persons
-- after_days: 14
-- why:        without it nobody can tell whom crime touches; "not stated" is an answer and no fault
-- returns:    crime_ref, ocu, branch, borough, reported_on, open_since
-- source:     crimes
select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    reported_on + $after_days as open_since
from crimes
where
    no_crimed_on is null
    and victim_kind = 'person'
    and coalesce(victim_ethnicity, 'unknown') = 'unknown'
    and reported_on + $after_days < $as_at
order by open_since, crime_ref
