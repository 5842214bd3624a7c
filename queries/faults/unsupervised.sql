-- fault:      unsupervised
-- name:       Not supervised within 14 days
-- question:   Which reports has no supervisor seen within fourteen days?
-- owner:      directorate
-- of:         reports
-- after_days: 14
-- why:        a supervisor's look is the first check that the investigation is under way
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
    and (supervised_on is null or supervised_on >= $as_at)
    and reported_on + $after_days < $as_at
order by open_since, crime_ref
