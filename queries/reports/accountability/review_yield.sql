-- question: What did the recommendations of each kind of review feed, year by year, and what came of them?
-- grain:    one row per reviewed unit, kind of review, planning year in which it fell due, and what is fed
-- params:   none
-- returns:  unit_code, kind, year, feeds, reviews, n, in_time, late, overdue, open
-- source:   reviews, recommendations, organisation, snapshot
with

known as (

    select
        r.review_ref,
        r.unit_code,
        r.kind,
        year(r.due_on) - (month(r.due_on) < (select year_month from organisation))::integer as year,
        c.feeds,
        c.due_on,
        case when c.closed_on < (select as_at from snapshot) then c.closed_on end as closed_on,
        c.due_on < (select as_at from snapshot) as has_fallen_due
    from recommendations as c
    inner join reviews as r on c.review_ref = r.review_ref

)

select
    unit_code,
    kind,
    year,
    feeds,
    count(distinct review_ref) as reviews,
    count(*) as n,
    count(*) filter (where closed_on <= due_on) as in_time,
    count(*) filter (where closed_on > due_on) as late,
    count(*) filter (where closed_on is null and has_fallen_due) as overdue,
    count(*) filter (where closed_on is null and not has_fallen_due) as open
from known
group by unit_code, kind, year, feeds
order by unit_code, kind, year, feeds
