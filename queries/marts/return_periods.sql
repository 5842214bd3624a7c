-- question: What did units return, period by period?
-- facts:    returns
-- grain:    one row per measure, grain, period, unit and borough
-- params:   none
-- returns:  measure, grain, period_start, unit_code, branch, team, borough, verified, numerator, denominator
select
    r.measure,
    r.grain,
    r.period_start,
    u.ocu as unit_code,
    coalesce(u.branch, 'unassigned') as branch,
    coalesce(u.team, 'unassigned') as team,
    coalesce(r.borough, 'none') as borough,
    coalesce(r.verified, false) as verified,
    sum(r.numerator) as numerator,
    sum(r.denominator) as denominator
from returns as r
inner join units as u on r.unit_code = u.code
group by all
order by measure, grain, period_start, unit_code, branch, team, borough
