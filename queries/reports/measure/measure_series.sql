-- question: How did a measure move, period by period, at a level, for a unit or a borough?
-- grain:    one row per period, unit of the level and (at level borough, or for one borough) borough
-- params:   $measure (id), $level (force, directorate, ocu, branch, team, borough), $unit (code), $borough (code), $grain (day, week, fortnight, month, quarter, year), $since (date, inclusive), $until (date, exclusive); each but the first may be left out
-- returns:  period_start, unit_code, borough, numerator, denominator, provisional
-- source:   observations, measure_coverage, measures, units, areas, return_gaps
-- A period for which a return was not sent has no numerator: missing, which is not zero.
with

-- At level borough a missing return leaves each borough without its count, if any is named.
places as (

    select code as borough
    from areas
    where
        $level = 'borough'
        and $borough is null
        and kind in ('borough', 'airport', 'unknown')
        and exists (
            select 1 from observations as o
            where o.measure = $measure and o.borough <> 'none'
        )

)

select period_start, unit_code, borough, numerator, denominator, provisional
from series_rows($measure, $level, $unit, $borough, $grain, $since, $until)
where $measure is not null

union all

select
    g.period_start,
    g.unit_code,
    coalesce($borough, p.borough, if($level = 'borough', 'none', null)) as borough,
    null as numerator,
    null as denominator,
    false as provisional
from series_gaps([$measure], [$level], $unit, [$grain], $since, $until) as g
left join places as p on true
where $measure is not null
order by period_start, unit_code, borough
