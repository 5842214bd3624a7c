-- question: Which claims break a rule: not authorised, over a day, twice for one time, outside the duty?
-- grain:    one row per claim and rule of units whose records are open, the dearest first; `claim` numbers the claims
-- params:   $since (date, inclusive), $until (date, exclusive), $authorised_by (day before which work must be authorised), $day_hours (most hours that one person can claim of a day)
-- returns:  rule, claim, unit_code, branch, worked_on, staff_ref, category, duty, hours, pence, operation, day_hours
-- source:   overtime, units
select
    rule,
    claim,
    ocu as unit_code,
    branch,
    worked_on,
    staff_ref,
    category,
    duty,
    hours,
    pence,
    operation,
    day_hours
from overtime_breaks($since, $until, $authorised_by, $day_hours)
where claim_open(ocu, branch, team)
order by pence desc, worked_on, claim, rule
