-- question: How much is overdue of each unit: visits, reviews, recommendations, areas for improvement?
-- grain:    one row per kind of item and unit that has some overdue; areas of no unit have a blank
-- params:   none
-- returns:  item, unit_code, n
-- source:   visits, reviews, recommendations, improvements, snapshot
with

owed as (

    select 'visit' as item, unit_code, planned_on as due_on, held_on as ended_on from visits
    union all
    select 'review' as item, unit_code, due_on, done_on as ended_on from reviews
    union all
    select 'recommendation' as item, owner as unit_code, due_on, closed_on as ended_on
    from recommendations
    union all
    -- Of an area it is told whether it is closed, not since when.
    select
        'improvement' as item,
        unit_code,
        due_on,
        case when status = 'closed' then vintage end as ended_on
    from improvements

)

select item, unit_code, count(*) as n
from owed
where owed(due_on, ended_on, (select as_at from snapshot))
group by item, unit_code
order by item, unit_code
