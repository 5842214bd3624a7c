-- question: Which visits are planned, and which of them were held before the as-at?
-- grain:    one row per visit
-- params:   none
-- returns:  visit_ref, unit_code, kind, planned_on, held_on, lead_post
-- source:   visits, snapshot
select
    visit_ref,
    unit_code,
    kind,
    planned_on,
    case when held_on < (select as_at from snapshot) then held_on end as held_on,
    lead_post
from visits
order by planned_on, visit_ref
