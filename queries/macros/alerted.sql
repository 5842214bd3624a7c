-- question: At which levels is each measure of the alert list a series of its own, and in which family?
-- A measure of one OCU is the same series at directorate and OCU level: it is tested once, at the
-- OCU. Published counts know no OCU: their total is tested as the force's, beside the directorates.
create macro alerted() as table
select
    m.id as measure,
    l.level,
    l.family
from measures as m
cross join (
    values
    ('force', 'directorate'),
    ('directorate', 'directorate'),
    ('ocu', 'ocu'),
    ('borough', 'borough')
) as l (level, family)
left join (
    select distinct measure
    from measure_coverage
    where unit_code = (select force_code from organisation)
) as p on m.id = p.measure
where
    m.alert
    and case l.level
        when 'force' then m.scope = 'force' or p.measure is not null
        when 'directorate' then m.scope = 'directorate' and p.measure is null
        else true
    end
