-- question: Which reviews are tasked and not done, by whom, and when is each due?
-- grain:    one row per open review, the first due first
-- params:   none
-- returns:  kind, unit_code, tasked_by, due_on, days_over
-- source:   reviews, snapshot
select
    reviews.kind,
    reviews.unit_code,
    reviews.tasked_by,
    reviews.due_on,
    snapshot.as_at - reviews.due_on as days_over
from reviews
cross join snapshot
where reviews.done_on is null or reviews.done_on >= snapshot.as_at
order by reviews.due_on, reviews.kind, reviews.unit_code, reviews.tasked_by
