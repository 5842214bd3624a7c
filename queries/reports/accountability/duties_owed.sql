-- question: Which visits and areas for improvement are owed by a day, the oldest first?
-- grain:    one row per visit or area
-- params:   $until (date, exclusive)
-- returns:  item, kind, unit_code, due_on, days_over, visit_ref, area_ref, title
-- source:   visits, improvements, snapshot
with

owed as (

    select
        'visit' as item,
        kind,
        unit_code,
        planned_on as due_on,
        held_on as ended_on,
        visit_ref,
        null as area_ref,
        null as title
    from visits
    union all
    select
        'improvement' as item,
        status as kind,
        unit_code,
        due_on,
        -- Of an area it is told whether it is closed, not since when.
        case when status = 'closed' then vintage end as ended_on,
        null as visit_ref,
        area_ref,
        title
    from improvements

)

select
    item,
    kind,
    unit_code,
    due_on,
    (select as_at from snapshot) - due_on as days_over,
    visit_ref,
    area_ref,
    title
from owed
where owed(due_on, ended_on, $until)
order by due_on, item, visit_ref, area_ref
