-- question: What did units return themselves, period by period?
-- grain:    one row per measure, grain, period, unit, branch, team, borough and verified or not
-- facts:    returns
-- params:   $as_at (date, exclusive: periods that begin on it or later are not known)
-- returns:  measure, grain, period_start, unit_code, branch, team, borough, verified, numerator, denominator
-- source:   returns, units
select
    returns.measure,
    returns.grain,
    returns.period_start,
    coalesce(units.ocu, returns.unit_code) as unit_code,
    coalesce(units.branch, 'unassigned') as branch,
    coalesce(units.team, 'unassigned') as team,
    coalesce(returns.borough, 'none') as borough,
    returns.verified,
    sum(returns.numerator) as numerator,
    sum(returns.denominator) as denominator
from returns
left join units on returns.unit_code = units.code
where returns.period_start < $as_at
group by all
order by all
