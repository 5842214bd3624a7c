-- question: How many reviews fell due each month, and how many were done by their day?
-- facts:    reviews
-- grain:    one row per month, kind and unit
-- params:   $as_at (date, exclusive)
-- returns:  month, kind, unit_code, branch, team, due, on_time
select
    date_trunc('month', r.due_on)::date as month,
    r.kind,
    u.ocu as unit_code,
    coalesce(u.branch, 'unassigned') as branch,
    coalesce(u.team, 'unassigned') as team,
    count(*) as due,
    count(*) filter (where r.done_on <= r.due_on) as on_time
from reviews as r
inner join units as u on r.unit_code = u.code
where r.due_on < $as_at
group by all
order by month, kind, unit_code, branch, team
