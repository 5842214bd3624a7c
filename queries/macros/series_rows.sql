-- question: What is the series of a measure (or of all) at a level, on a spine of all its covered periods?
-- Only one source grain serves a measure and grain: of those that nest in it, the one known longest;
-- of equals the coarsest. Inside coverage an absent cell is 0; outside there is no row.
create macro series_rows(a_measure, a_level, a_unit, a_borough, a_grain, a_since, a_until) as table
with

asked as (

    select
        m.id as measure,
        m.aggregate,
        m.settles,
        m.unit = 'percent' as divides,
        coalesce(a_grain, m.grain) as grain,
        coalesce(a_level, u.level, 'force') as level
    from measures as m
    left join units as u on u.code = a_unit
    where a_measure is null or m.id = a_measure

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

chosen as (

    select asked.*, c.grain as source_grain
    from asked
    inner join measure_coverage as c on asked.measure = c.measure
    inner join nests as n on c.grain = n.source_grain and asked.grain = n.asked_grain
    qualify row_number() over (
        partition by asked.measure order by c."until" desc, n.coarseness desc
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

    select measure, grain, full_since, full_until, unnest(range(since, "until", interval 1 day))::date as day
    from covered
    where since < "until"

),

periods as (

    select
        measure,
        period_of(grain, day) as period_start,
        min(full_since) as full_since,
        max(full_until) as full_until
    from days
    group by all

),

-- Each row at the unit of the level asked for; force takes published counts (MPS) too.
placed as (

    select
        o.measure,
        o.period_start as own_start,
        period_of(chosen.grain, o.period_start) as period_start,
        case chosen.level
            when 'force' then 'MPS'
            when 'directorate' then u.directorate
            when 'ocu' then case when u.level in ('force', 'directorate') then null else u.ocu end
            when 'branch' then
                case when o.branch = 'unassigned' then o.unit_code || '(unassigned)' else o.branch end
            when 'team' then
                case when o.team = 'unassigned' then o.branch || '(unassigned)' else o.team end
            when 'borough' then coalesce(a_unit, 'MPS')
        end as unit_code,
        case when chosen.level = 'borough' or a_borough is not null then o.borough end as borough,
        o.numerator,
        o.denominator
    from observations as o
    inner join chosen on o.measure = chosen.measure and o.grain = chosen.source_grain
    left join units as u on o.unit_code = u.code
    where
        (a_measure is null or o.measure = a_measure)
        and (a_since is null or o.period_start >= a_since::date)
        and (a_until is null or o.period_start < a_until::date)
        and (a_borough is null or o.borough = a_borough)
        and (
            a_unit is null
            or a_unit = 'MPS'
            or a_unit in (o.unit_code, u.ocu, u.directorate, o.branch, o.team)
        )

),

-- A stock is not added over time: the last of its own periods stands for the whole.
standing as (

    select placed.*
    from placed
    inner join chosen on placed.measure = chosen.measure
    where placed.unit_code is not null
    qualify
        chosen.aggregate = 'sum'
        or placed.own_start
        = max(placed.own_start) over (partition by placed.measure, placed.period_start)

),

summed as (

    select
        measure, period_start, unit_code, borough, sum(numerator) as numerator, sum(denominator) as denominator
    from standing
    group by all

),

-- The spine: every unit (and borough) that the measure has at this level.
members as (

    select distinct measure, unit_code, borough
    from summed

    union

    -- A unit asked for by name has its zeros even where nothing happened at all.
    select chosen.measure, a_unit, null
    from chosen
    inner join measures as m on chosen.measure = m.id
    inner join units as u on u.code = a_unit
    where
        chosen.level in ('ocu', 'directorate', 'force')
        and u.level = chosen.level
        and a_borough is null
        and exists (
            select 1 from observations as o
            left join units as x on o.unit_code = x.code
            where
                o.measure = chosen.measure
                and (a_unit = 'MPS' or a_unit in (o.unit_code, x.ocu, x.directorate))
        )

    union

    select distinct s.measure, s.unit_code, areas.code
    from summed as s
    cross join areas
    where
        s.borough is not null
        and s.borough <> 'none'
        and areas.kind in ('borough', 'airport', 'unknown')
        and (a_borough is null or areas.code = a_borough)

)

select
    members.measure,
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
    ) as provisional
from periods
inner join chosen on periods.measure = chosen.measure
inner join members on periods.measure = members.measure
left join summed
    on
        periods.measure = summed.measure
        and periods.period_start = summed.period_start
        and members.unit_code = summed.unit_code
        and members.borough is not distinct from summed.borough
