-- question: How many posts of a unit, and of those below it, were filled in the latest month known?
-- grain:    at most one row
-- params:   $unit (code)
-- returns:  month, posts, in_post
-- source:   strength, units
select month, sum(posts) as posts, sum(in_post) as in_post
from strength
where
    unit_code in (
        select code from units
        where level = 'ocu' and $unit in (code, directorate, (select force_code from organisation))
    )
group by month
order by month desc
limit 1
