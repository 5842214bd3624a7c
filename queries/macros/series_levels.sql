-- question: What are the series of measures (all when null) at some levels and grains, each on a spine of its covered periods?
-- Only one source grain serves a measure and grain: of those that nest in it, the one whose last whole
-- period is the latest (two days of a month are none), where none has any the one known for most days;
-- of equals the coarsest. Inside coverage an absent cell is 0; outside there is no row.
-- A null among the levels is the unit's own (force without one), among the grains the measure's own.
-- ocu_borough are the boroughs of each OCU, and of what stands at a directorate itself. `counted`: any
-- observation stands behind the point.
create macro series_levels(a_measures, a_levels, a_unit, a_borough, a_grains, a_since, a_until) as table
with

asked as (

    select
        m.id as measure,
        m.aggregate,
        m.settles,
        m.unit = 'percent' as divides,
        coalesce(g.grain, m.grain) as grain
    from measures as m
    cross join (select unnest(a_grains) as grain) as g
    where a_measures is null or list_contains(a_measures, m.id)

),

levels as (

    select coalesce(l.level, u.level, 'force') as level
    from (select unnest(a_levels) as level) as l
    left join units as u on u.code = a_unit

),

-- day nests in all; weeks in fortnights; months in quarters and years; quarters in years
nests as (

    select *
    from (
        values
        ('day', 'day', 1), ('day', 'week', 1), ('day', 'fortnight', 1), ('day', 'month', 1),
        ('day', 'quarter', 1), ('day', 'year', 1), ('week', 'week', 2), ('week', 'fortnight', 2),
        ('month', 'month', 3), ('month', 'quarter', 3), ('month', 'year', 3),
        ('quarter', 'quarter', 4), ('quarter', 'year', 4)
    ) as n (source_grain, asked_grain, coarseness)

),

spans as (

    select
        asked.*,
        c.grain as source_grain,
        c.since,
        c."until",
        n.coarseness,
        period_of(asked.grain, c.since) as first_start,
        period_of(asked.grain, c."until") as last_start
    from asked
    inner join measure_coverage as c on asked.measure = c.measure
    inner join nests as n on c.grain = n.source_grain and asked.grain = n.asked_grain

),

wholes as (

    select *, whole_until(grain, since, first_start, last_start) as whole_until
    from spans

),

chosen as (

    select measure, aggregate, settles, divides, grain, source_grain
    from wholes
    qualify row_number() over (
        partition by measure, grain
        order by
            whole_until desc nulls last,
            case when whole_until is null then "until" - since end desc,
            coarseness desc
    ) = 1

),

covered as (

    select
        chosen.measure,
        greatest(c.since, coalesce(a_since::date, c.since)) as since,
        least(c."until", coalesce(a_until::date, c."until")) as "until",
        chosen.grain,
        c.since as full_since,
        c."until" as full_until
    from chosen
    inner join measure_coverage as c
        on chosen.measure = c.measure and chosen.source_grain = c.grain

),

days as (

    select
        measure,
        grain,
        full_since,
        full_until,
        unnest(range(since, "until", interval 1 day))::date as day
    from covered
    where since < "until"

),

periods as (

    select
        measure,
        grain,
        period_of(grain, day) as period_start,
        min(full_since) as full_since,
        max(full_until) as full_until
    from days
    group by all

),

-- Added up over time before it is placed at the levels; what no level asks for is left out.
parts as (

    select
        o.measure,
        chosen.grain,
        case when chosen.aggregate = 'last' then o.period_start end as own_start,
        period_of(chosen.grain, o.period_start) as period_start,
        o.unit_code,
        case
            when a_unit is not null or list_has_any(a_levels, ['branch', 'team']) then o.branch
        end as branch,
        case
            when a_unit is not null or list_has_any(a_levels, ['branch', 'team']) then o.team
        end as team,
        case
            when list_has_any(a_levels, ['borough', 'ocu_borough']) or a_borough is not null
                then o.borough
        end as borough,
        sum(o.numerator) as numerator,
        sum(o.denominator) as denominator
    from observations as o
    inner join chosen on o.measure = chosen.measure and o.grain = chosen.source_grain
    left join units as u on o.unit_code = u.code
    where
        (a_since is null or o.period_start >= a_since::date)
        and (a_until is null or o.period_start < a_until::date)
        and (a_borough is null or o.borough = a_borough)
        and (
            a_unit is null
            or a_unit = (select force_code from organisation)
            or a_unit in (o.unit_code, u.ocu, u.directorate, o.branch, o.team)
        )
    group by all

),

-- Each row at the unit of the level asked for; force takes published counts too.
placed as (

    select
        parts.measure,
        levels.level,
        parts.grain,
        parts.own_start,
        parts.period_start,
        case levels.level
            when 'force' then (select force_code from organisation)
            when 'directorate' then u.directorate
            when 'ocu' then case when u.level in ('force', 'directorate') then null else u.ocu end
            when 'ocu_borough' then case when u.level <> 'force' then u.ocu end
            when 'branch' then
                case
                    when parts.branch = 'unassigned' then parts.unit_code || '(unassigned)'
                    else parts.branch
                end
            when 'team' then
                case
                    when parts.team = 'unassigned' then parts.branch || '(unassigned)' else parts.team
                end
            when 'borough' then coalesce(a_unit, (select force_code from organisation))
        end as unit_code,
        case
            when levels.level in ('borough', 'ocu_borough') or a_borough is not null
                then parts.borough
        end as borough,
        parts.numerator,
        parts.denominator
    from parts
    cross join levels
    left join units as u on parts.unit_code = u.code

),

cells as (

    select
        measure,
        level,
        grain,
        own_start,
        period_start,
        unit_code,
        borough,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from placed
    where unit_code is not null
    group by all

),

-- A stock is not added over time: the last of its own periods stands for the whole.
summed as (

    select * exclude (own_start)
    from cells
    where own_start is null

    union all

    select * exclude (own_start)
    from cells
    where own_start is not null
    qualify own_start = max(own_start) over (partition by measure, level, grain, period_start)

),

-- The spine: every unit (and borough) that the measure has at this level.
members as (

    select distinct measure, level, grain, unit_code, borough
    from summed

    union

    -- A unit asked for by name has its zeros even where nothing happened at all.
    select chosen.measure, levels.level, chosen.grain, a_unit, null
    from chosen
    cross join levels
    inner join measures as m on chosen.measure = m.id
    inner join units as u on u.code = a_unit
    where
        levels.level in ('ocu', 'directorate', 'force')
        and u.level = levels.level
        and a_borough is null
        and exists (
            select 1 from observations as o
            left join units as x on o.unit_code = x.code
            where
                o.measure = chosen.measure
                and a_unit in (o.unit_code, x.ocu, x.directorate, (select force_code from organisation))
        )

    union

    select s.measure, s.level, s.grain, s.unit_code, areas.code
    from (
        select distinct measure, level, grain, unit_code
        from summed
        where borough is not null and borough <> 'none'
    ) as s
    cross join areas
    where
        areas.kind in ('borough', 'airport', 'unknown')
        and (a_borough is null or areas.code = a_borough)

)

select
    members.measure,
    members.level,
    members.grain,
    periods.period_start,
    members.unit_code,
    members.borough,
    coalesce(summed.numerator, 0) as numerator,
    case when chosen.divides then coalesce(summed.denominator, 0) else summed.denominator end
        as denominator,
    (
        period_end(chosen.grain, periods.period_start) + chosen.settles
        > (select as_at from snapshot)
        or period_end(chosen.grain, periods.period_start) > periods.full_until
        or periods.period_start < periods.full_since
    ) as provisional,
    summed.measure is not null as counted
from periods
inner join chosen on periods.measure = chosen.measure and periods.grain = chosen.grain
inner join members
    on
        chosen.measure = members.measure
        and chosen.grain = members.grain
left join summed
    on
        members.measure = summed.measure
        and members.level = summed.level
        and members.grain = summed.grain
        and periods.period_start = summed.period_start
        and members.unit_code = summed.unit_code
        and members.borough is not distinct from summed.borough
-- A point that lacks a return is missing, not less than there was (see series_gaps).
anti join series_gaps(a_measures, a_levels, a_unit, a_grains, a_since, a_until) as gaps
    on
        members.measure = gaps.measure
        and members.level = gaps.level
        and members.grain = gaps.grain
        and members.unit_code = gaps.unit_code
        and periods.period_start = gaps.period_start
