-- question: What is the series of each measure in each place: by month of units, their branches and boroughs, by the meeting's window of boroughs in the last year?
-- grain:    one row per measure, level, unit, borough (null of a unit as a whole), grain and period
-- params:   none
-- returns:  level, grain, measure, unit_code, parent, borough, period_start, numerator, denominator, provisional, counted
-- Boroughs are those of all units together (borough) or of each OCU (ocu_borough; what stands at a
-- directorate itself is there as the directorate's). `parent` is the OCU of a branch, else the
-- directorate. A period for which a return was not sent has no numerator. `counted`: any observation
-- stands behind the point.
with

months as (

    select *
    from series_levels(
        null,
        ['force', 'directorate', 'ocu', 'branch', 'borough', 'ocu_borough'],
        null,
        null,
        ['month'],
        null,
        null
    )

),

windows as (

    select *
    from series_levels(
        (
            select list(distinct m.id)
            from measures as m
            inner join measure_coverage as c on m.id = c.measure
            where c.grain = 'day' and m.unit <> 'percent'
        ),
        ['borough', 'ocu_borough'],
        null,
        null,
        (select [window_grain] from organisation),
        (
            select period_of(o.window_grain, s.as_at - 366)
            from organisation as o
            cross join snapshot as s
        ),
        null
    )

),

series as (

    select * from months

    union all

    select * from windows

),

-- Of boroughs a missing return leaves each without its count, if any is named.
gaps as (

    select
        g.level,
        g.grain,
        g.measure,
        g.unit_code,
        if(g.level like '%borough', coalesce(a.code, 'none'), null) as borough,
        g.period_start
    from series_gaps(
        null,
        ['force', 'directorate', 'ocu', 'branch', 'borough', 'ocu_borough'],
        null,
        (select ['month', window_grain] from organisation),
        null,
        null
    ) as g
    left join areas as a
        on
            g.level like '%borough'
            and a.kind in ('borough', 'airport', 'unknown')
            and exists (
                select 1
                from observations as o
                where g.measure = o.measure and o.borough <> 'none'
            )

)

select
    s.level,
    s.grain,
    s.measure,
    s.unit_code,
    case s.level
        when 'branch' then coalesce(u.ocu, replace(s.unit_code, '(unassigned)', ''))
        else u.directorate
    end as parent,
    s.borough,
    s.period_start,
    s.numerator,
    s.denominator,
    s.provisional,
    s.counted
from series as s
left join units as u on s.unit_code = u.code

union all

select
    g.level,
    g.grain,
    g.measure,
    g.unit_code,
    case g.level
        when 'branch' then coalesce(u.ocu, replace(g.unit_code, '(unassigned)', ''))
        else u.directorate
    end as parent,
    g.borough,
    g.period_start,
    null as numerator,
    null as denominator,
    false as provisional,
    false as counted
from gaps as g
left join units as u on g.unit_code = u.code

order by level, grain, measure, unit_code, borough, period_start
