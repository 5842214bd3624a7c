-- question: How many recommendations stood open past their day at the end of each month?
-- facts:    recommendations
-- grain:    one row per month and owner, of the last two years
-- params:   $as_at (date, exclusive)
-- returns:  month, unit_code, branch, team, overdue
with

months as (

    select unnest(range(
        date_trunc('month', $as_at::date - interval 24 months)::timestamp,
        date_trunc('month', $as_at::date)::timestamp,
        interval 1 month
    ))::date as month

)

select
    months.month,
    u.ocu as unit_code,
    coalesce(u.branch, 'unassigned') as branch,
    coalesce(u.team, 'unassigned') as team,
    count(*) filter (
        where r.due_on < months.month + interval 1 month
        and (r.closed_on is null or r.closed_on >= months.month + interval 1 month)
    ) as overdue
from months
cross join recommendations as r
inner join units as u on r.owner = u.code
group by all
order by month, unit_code, branch, team
