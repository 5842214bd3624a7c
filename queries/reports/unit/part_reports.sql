-- question: How many crime reports came to a branch or team in a span?
-- grain:    one row
-- params:   $part (code), $since (date, inclusive), $until (date, exclusive)
-- returns:  n
-- source:   crimes_told
select count(*) as n
from crimes_told
where
    $part in (branch, team)
    and reported_on >= $since
    and reported_on < $until
