-- fault:      no_update
-- name:       No update for 28 days
-- question:   Which open reports of the last half year has nobody updated for 28 days?
-- owner:      directorate
-- of:         undetected
-- after_days: 28
-- within_days: 182
-- why:        a case that stands still is hidden work; older ones are taken as filed, as the extract has no day of filing
-- returns:    crime_ref, ocu, branch, borough, reported_on, open_since
-- source:     crimes
select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    greatest(coalesce(last_updated_on, reported_on), reported_on) + $after_days as open_since
from crimes
where
    no_crimed_on is null
    and (detected_on is null or detected_on >= $as_at)
    and reported_on >= $as_at - $within_days
    and greatest(coalesce(last_updated_on, reported_on), reported_on) + $after_days < $as_at
order by open_since, crime_ref
