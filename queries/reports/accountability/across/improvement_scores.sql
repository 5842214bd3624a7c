-- question: Which score had each area for improvement, as each extract said it?
-- grain:    one row per area and extract
-- params:   none
-- returns:  area_ref, vintage, known_as_at, score
-- source:   improvements of several snapshots, each row with known_as_at
select area_ref, vintage, min(known_as_at) as known_as_at, arg_min(score, known_as_at) as score
from improvements
group by area_ref, vintage
order by area_ref, vintage
