-- question: Which recommendations are not closed, whose are they, and of which review?
-- grain:    one row per open recommendation of units whose records are open, the first due first
-- params:   none
-- returns:  recommendation_ref, feeds, unit_code, due_on, days_over, review_ref, review_kind,
--           review_unit
-- source:   recommendations_open, reviews_open, snapshot
select
    recommended.recommendation_ref,
    recommended.feeds,
    recommended.owner as unit_code,
    recommended.due_on,
    snapshot.as_at - recommended.due_on as days_over,
    recommended.review_ref,
    reviewed.kind as review_kind,
    reviewed.unit_code as review_unit
from recommendations_open as recommended
left join reviews_open as reviewed on recommended.review_ref = reviewed.review_ref
cross join snapshot
where recommended.closed_on is null or recommended.closed_on >= snapshot.as_at
order by recommended.due_on, recommended.recommendation_ref
