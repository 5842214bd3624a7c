-- fault:      borough_unknown
-- name:       Borough not known
-- question:   Which reports have no borough after seven days?
-- owner:      directorate
-- of:         reports
-- after_days: 7
-- why:        a crime without a place counts for no borough, and areas then add up to less than the whole
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
    and borough = 'unknown'
    and reported_on + $after_days < $as_at
order by open_since, crime_ref
