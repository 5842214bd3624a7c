-- question: Which returns were not sent, by measure, unit and period?
-- grain:    one row per measure, unit that returns it and period not sent
-- params:   $measure (id; may be left out), $unit (code; may be left out)
-- returns:  measure, grain, period_start, unit_code, branch, team
-- source:   return_gaps, units
select g.measure, g.grain, g.period_start, g.unit_code, g.branch, g.team
from return_gaps as g
left join units as u on g.unit_code = u.code
where
    ($measure is null or g.measure = $measure)
    and (
        $unit is null
        or $unit = (select force_code from organisation)
        or $unit in (g.unit_code, u.ocu, u.directorate, g.branch, g.team)
    )
order by g.measure, g.period_start, g.unit_code, g.branch, g.team
