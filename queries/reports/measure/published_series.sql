-- question: What does the snapshot hold of a measure's series: by month of units and places, or by window of boroughs?
-- grain:    one row per period, unit of the level and borough
-- params:   $measure (id), $level (force, directorate, ocu, branch, borough, ocu_borough), $grain (month, or the window's), $unit (code of whose level or below it; may be left out), $borough (code; may be left out), $since (date, inclusive), $until (date, exclusive)
-- returns:  period_start, unit_code, borough, numerator, denominator, provisional
-- source:   place_series, areas
-- As measure_series says it: a place in which nothing was counted from $since to $until has no
-- rows, but a borough has where others of its unit have.
with

places as (

    select code from areas
    where kind in ('borough', 'airport', 'unknown')

)

select period_start, unit_code, borough, numerator, denominator, provisional
from place_series
where
    measure = $measure
    and level = $level
    and grain = $grain
    and ($unit is null or $unit in (unit_code, parent))
    and ($borough is null or borough = $borough)
    and ($since is null or period_start >= $since::date)
    and ($until is null or period_start < $until::date)
qualify
    numerator is null
    or bool_or(counted) over (partition by unit_code, borough)
    or (level <> 'branch' and borough is null and unit_code = $unit)
    or (
        borough in (select p.code from places as p)
        and bool_or(counted and borough <> 'none') over (partition by unit_code)
    )
order by period_start, unit_code, borough
