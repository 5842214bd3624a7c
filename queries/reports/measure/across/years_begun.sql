-- question: What did each snapshot say that the planning year had come to by its last window, and by the month that it begins in?
-- grain:    one row per snapshot, series of a place and day
-- params:   $place (whole, borough)
-- returns:  known_as_at, grain, measure, unit_code, borough, origin, so_far
-- source:   years_begun of several snapshots, each row with known_as_at
select known_as_at, grain, measure, unit_code, borough, origin, so_far
from years_begun
where place = $place
