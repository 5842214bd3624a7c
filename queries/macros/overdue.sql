-- question: Is a thing overdue as at the snapshot: due before that day, and not ended by then?
create macro overdue(due_on, ended_on) as
    due_on < (select as_at from snapshot)
    and (ended_on is null or ended_on >= (select as_at from snapshot))
