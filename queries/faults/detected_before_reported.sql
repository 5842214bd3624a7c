-- fault:      detected_before_reported
-- name:       Detected before it was reported
-- question:   Which detections are dated before the report itself?
-- owner:      directorate
-- of:         detected
-- after_days: 0
-- why:        one of the two days is wrong, and either moves a figure into another period
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
    and detected_on < reported_on
    and reported_on + $after_days < $as_at
order by open_since, crime_ref
