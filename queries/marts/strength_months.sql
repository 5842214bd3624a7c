-- question: How many posts were filled, vetted and reviewed at each month?
-- facts:    strength
-- grain:    one row per month and unit
-- params:   $as_at (date, exclusive)
-- returns:  month, unit_code, branch, team, posts, in_post, vetted, pdr_due, pdr_done
select
    s.month,
    u.ocu as unit_code,
    coalesce(u.branch, 'unassigned') as branch,
    coalesce(u.team, 'unassigned') as team,
    sum(s.posts) as posts,
    sum(s.in_post) as in_post,
    sum(s.vetted) as vetted,
    sum(s.pdr_due) as pdr_due,
    sum(s.pdr_done) as pdr_done
from strength as s
inner join units as u on s.unit_code = u.code
where s.month < $as_at
group by all
order by month, unit_code, branch, team
