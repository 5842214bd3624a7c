-- question: What overtime is profiled and committed for each unit and month, and how many posts are filled?
-- grain:    one row per unit and month
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  month, unit_code, profiled_pence, committed_pence, hours, people, posts, in_post
-- source:   overtime_budget, strength, units
select
    b.month,
    b.ocu as unit_code,
    sum(round(b.profiled_gbp * 100))::bigint as profiled_pence,
    sum(round(b.committed_gbp * 100))::bigint as committed_pence,
    sum(b.budget_hours) as hours,
    sum(b.budget_people) as people,
    any_value(s.posts) as posts,
    any_value(s.in_post) as in_post
from overtime_budget as b
left join strength as s on b.ocu = s.unit_code and b.month = s.month
where
    b.month >= $since
    and b.month < $until
    and b.ocu in (select code from units where directorate = (select directorate from organisation))
group by b.month, b.ocu
order by b.month, unit_code
