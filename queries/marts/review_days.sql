-- question: Which reviews fell due, day by day, and how many were done by then?
-- grain:    one row per day due, kind, unit, branch and team
-- facts:    reviews
-- params:   $as_at (date, exclusive: what falls due on it or later is not yet due)
-- returns:  day, kind, unit_code, branch, team, due, done_on_time
-- source:   reviews, units
select
    reviews.due_on as day,
    reviews.kind,
    coalesce(units.ocu, reviews.unit_code) as unit_code,
    coalesce(units.branch, 'unassigned') as branch,
    coalesce(units.team, 'unassigned') as team,
    count(*) as due,
    count(*) filter (where reviews.done_on <= reviews.due_on) as done_on_time
from reviews
left join units on reviews.unit_code = units.code
where reviews.due_on < $as_at
group by all
order by all
