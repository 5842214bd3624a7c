-- question: Which reviews and recommendations are owed by a day, the oldest first?
-- grain:    one row per review or recommendation of units whose records are open
-- params:   $until (date, exclusive)
-- returns:  item, kind, unit_code, due_on, days_over, review_ref, recommendation_ref
-- source:   reviews_open, recommendations_open, snapshot
with

owed as (

    select
        'review' as item,
        kind,
        unit_code,
        due_on,
        done_on as ended_on,
        review_ref,
        null as recommendation_ref
    from reviews_open
    union all
    select
        'recommendation' as item,
        feeds as kind,
        owner as unit_code,
        due_on,
        closed_on as ended_on,
        review_ref,
        recommendation_ref
    from recommendations_open

)

select
    item,
    kind,
    unit_code,
    due_on,
    (select as_at from snapshot) - due_on as days_over,
    review_ref,
    recommendation_ref
from owed
where owed(due_on, ended_on, $until)
order by due_on, item, review_ref, recommendation_ref
