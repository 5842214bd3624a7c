-- question: Whose records does each measure count, by its scope and the unit that owns it?
-- facts:    none
-- grain:    one row per measure and unit, at every level, whose records it counts
-- params:   none
-- returns:  measure, unit_code
select m.id as measure, u.code as unit_code
from measures as m
inner join units as owners on m.owner = owners.code
inner join units as u
    on case m.scope
        when 'force' then true
        when 'directorate' then u.directorate = owners.directorate
        when 'ocu' then u.ocu = owners.code
    end
order by measure, unit_code
