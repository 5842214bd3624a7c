-- question: Is a thing owed: due before a day, and not ended before the snapshot's as-at? Overdue is what is owed by the as-at itself.
create macro owed(due_on, ended_on, day) as
    due_on < day
    and (ended_on is null or ended_on >= (select as_at from snapshot))
