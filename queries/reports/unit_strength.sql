-- question: How many posts of a unit were filled at the end of the latest month known?
-- grain:    at most one row
-- params:   $unit (code)
-- returns:  month, posts, in_post
-- source:   strength
select month, sum(posts) as posts, sum(in_post) as in_post
from strength
where unit_code = $unit
group by month
order by month desc
limit 1
