-- fault:      no_crime_unsupervised
-- name:       No-crimed without supervision
-- question:   Which reports were no-crimed and no supervisor has seen them within seven days?
-- owner:      directorate
-- of:         no_crimed
-- after_days: 7
-- why:        a no-crime lifts the detection rate, so that somebody else must agree to it
-- returns:    crime_ref, ocu, branch, borough, reported_on, open_since
-- source:     crimes
select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    no_crimed_on + $after_days as open_since
from crimes
where
    (supervised_on is null or supervised_on >= $as_at)
    and no_crimed_on + $after_days < $as_at
order by open_since, crime_ref
