-- question: How many posts had each unit, how many filled, vetted and reviewed, month by month?
-- grain:    one row per month, unit, branch and team (a unit returns itself or its parts, not both)
-- facts:    strength
-- params:   $as_at (date, exclusive: months that begin on it or later are not known)
-- returns:  month, unit_code, branch, team, posts, in_post, female, minority_ethnic, vetted, pdr_due, pdr_done, sickness_days
-- source:   strength, units
select
    date_trunc('month', strength.month)::date as month,
    coalesce(units.ocu, strength.unit_code) as unit_code,
    coalesce(units.branch, 'unassigned') as branch,
    coalesce(units.team, 'unassigned') as team,
    sum(strength.posts) as posts,
    sum(strength.in_post) as in_post,
    sum(strength.female) as female,
    sum(strength.minority_ethnic) as minority_ethnic,
    sum(strength.vetted) as vetted,
    sum(strength.pdr_due) as pdr_due,
    sum(strength.pdr_done) as pdr_done,
    sum(strength.sickness_days) as sickness_days
from strength
left join units on strength.unit_code = units.code
where strength.month < $as_at
group by all
order by all
