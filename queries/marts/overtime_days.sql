-- question: How much overtime was worked, day by day, by whom and of which kind?
-- grain:    one row per day, unit, branch, team, category and duty
-- facts:    overtime
-- params:   $as_at (date, exclusive)
-- returns:  day, unit_code, branch, team, category, duty, hours, cost_gbp, n
-- source:   overtime, units
select
    overtime.worked_on as day,
    coalesce(own.ocu, overtime.ocu) as unit_code,
    -- A branch of another unit than the claim's is none of this one.
    coalesce(if(part.ocu = own.ocu, part.branch, null), own.branch, 'unassigned') as branch,
    coalesce(if(part.ocu = own.ocu, part.team, null), own.team, 'unassigned') as team,
    overtime.category,
    coalesce(overtime.duty, 'unknown') as duty,
    sum(overtime.hours) as hours,
    sum(overtime.cost_gbp) as cost_gbp,
    count(*) as n
from overtime
left join units as own on overtime.ocu = own.code
left join units as part on coalesce(overtime.team, overtime.branch) = part.code
where overtime.worked_on < $as_at
group by all
order by all
