-- question: What came of the recommendations, by their owner and by what they feed?
-- grain:    one row per owner and what the recommendation feeds
-- params:   none
-- returns:  unit_code, feeds, n, in_time, late, overdue, open
-- source:   recommendations, snapshot
with

known as (

    select
        owner as unit_code,
        feeds,
        due_on,
        case when closed_on < (select as_at from snapshot) then closed_on end as closed_on,
        due_on < (select as_at from snapshot) as has_fallen_due
    from recommendations

)

select
    unit_code,
    feeds,
    count(*) as n,
    count(*) filter (where closed_on <= due_on) as in_time,
    count(*) filter (where closed_on > due_on) as late,
    count(*) filter (where closed_on is null and has_fallen_due) as overdue,
    count(*) filter (where closed_on is null and not has_fallen_due) as open
from known
group by unit_code, feeds
order by unit_code, feeds
