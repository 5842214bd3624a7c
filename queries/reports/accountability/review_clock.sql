-- question: How many reviews of each kind fell due, how many of them were done by their day, and what is open?
-- grain:    one row per unit, kind of review and planning year in which it falls due
-- params:   none
-- returns:  unit_code, kind, year, due, kept, late, overdue, open
-- source:   reviews, organisation, snapshot
with

known as (

    select
        unit_code,
        kind,
        due_on,
        case when done_on < (select as_at from snapshot) then done_on end as done_on,
        due_on < (select as_at from snapshot) as has_fallen_due,
        year(due_on) - (month(due_on) < (select year_month from organisation))::integer as year
    from reviews

)

select
    unit_code,
    kind,
    year,
    count(*) filter (where has_fallen_due) as due,
    count(*) filter (where has_fallen_due and done_on <= due_on) as kept,
    count(*) filter (where has_fallen_due and done_on > due_on) as late,
    count(*) filter (where has_fallen_due and done_on is null) as overdue,
    count(*) filter (where not has_fallen_due and done_on is null) as open
from known
group by unit_code, kind, year
order by unit_code, kind, year
