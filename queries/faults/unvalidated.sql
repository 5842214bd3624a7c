-- fault:      unvalidated
-- name:       Not validated within 7 days
-- question:   Which reports has nobody validated within seven days?
-- owner:      directorate
-- of:         reports
-- after_days: 7
-- why:        until the crime is validated, its class and its place are the first officer's guess
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
    and (validated_on is null or validated_on >= $as_at)
    and reported_on + $after_days < $as_at
order by open_since, crime_ref
