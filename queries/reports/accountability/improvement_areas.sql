-- question: Which areas for improvement are there, who leads each, when is it due, and how far is it?
-- grain:    one row per area
-- params:   none
-- returns:  area_ref, title, criterion, lead_post, unit_code, score, due_on, status, overdue
-- source:   improvements, snapshot
select
    area_ref,
    title,
    criterion,
    lead_post,
    unit_code,
    score,
    due_on,
    status,
    owed(
        due_on,
        case when status = 'closed' then vintage end,
        (select as_at from snapshot)
    ) as overdue
from improvements
order by criterion, area_ref
