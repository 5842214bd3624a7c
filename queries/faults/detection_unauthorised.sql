-- fault:      detection_unauthorised
-- name:       Detection without authorisation
-- question:   Which detections has nobody authorised?
-- owner:      directorate
-- of:         detected
-- after_days: 0
-- why:        a detection counts once it is authorised; one that nobody authorised lifts the rate unseen
-- returns:    crime_ref, ocu, branch, borough, reported_on, open_since
-- source:     crimes
select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    detected_on + $after_days as open_since
from crimes
where
    no_crimed_on is null
    and (detection_authorised_on is null or detection_authorised_on >= $as_at)
    and detected_on + $after_days < $as_at
order by open_since, crime_ref
