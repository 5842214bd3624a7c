-- question: On which days did recommendations of reviews become overdue, and were those closed?
-- grain:    one row per event, day, unit that owns it, branch, team and what it feeds
-- facts:    recommendations
-- params:   $as_at (date, exclusive)
-- returns:  event, day, unit_code, branch, team, feeds, n
-- source:   recommendations, units
--
-- overdue_opened  the day due has passed without its being closed
-- overdue_closed  and it was closed later, on this day
with

happened as (

    select
        coalesce(units.ocu, recommendations.owner) as unit_code,
        coalesce(units.branch, 'unassigned') as branch,
        coalesce(units.team, 'unassigned') as team,
        recommendations.feeds,
        unnest([
            {'event': 'overdue_opened', 'day': recommendations.due_on},
            {'event': 'overdue_closed', 'day': recommendations.closed_on}
        ], recursive := true)
    from recommendations
    left join units on recommendations.owner = units.code
    where recommendations.closed_on is null or recommendations.closed_on > recommendations.due_on

)

select
    event,
    day,
    unit_code,
    branch,
    team,
    feeds,
    count(*) as n
from happened
where day < $as_at
group by all
order by all
