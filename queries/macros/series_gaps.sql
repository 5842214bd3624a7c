-- question: Which points of the series of series_levels lack a return, and of which units?
-- One row per measure, level, grain, unit and period of the series asked for in which at least
-- one return was not sent; `missing` names the units, with commas.
create macro series_gaps(a_measures, a_levels, a_unit, a_grains, a_since, a_until) as table
with

wanted as (

    select m.id as measure, coalesce(g.grain, m.grain) as grain
    from measures as m
    cross join (select unnest(a_grains) as grain) as g
    where a_measures is null or list_contains(a_measures, m.id)

),

levels as (

    select coalesce(l.level, u.level, 'force') as level
    from (select unnest(a_levels) as level) as l
    left join units as u on u.code = a_unit

),

placed as (

    select
        gaps.measure,
        levels.level,
        wanted.grain,
        period_of(wanted.grain, gaps.period_start) as period_start,
        case levels.level
            when 'force' then (select force_code from organisation)
            when 'directorate' then u.directorate
            when 'ocu' then case when u.level in ('force', 'directorate') then null else u.ocu end
            when 'ocu_borough' then case when u.level <> 'force' then u.ocu end
            when 'branch' then
                case
                    when gaps.branch = 'unassigned' then gaps.unit_code || '(unassigned)'
                    else gaps.branch
                end
            when 'team' then
                case
                    when gaps.team = 'unassigned' then gaps.branch || '(unassigned)' else gaps.team
                end
            when 'borough' then coalesce(a_unit, (select force_code from organisation))
        end as unit_code,
        coalesce(
            nullif(gaps.team, 'unassigned'), nullif(gaps.branch, 'unassigned'), gaps.unit_code
        ) as missing
    from return_gaps as gaps
    inner join wanted on gaps.measure = wanted.measure
    cross join levels
    left join units as u on gaps.unit_code = u.code
    where
        (a_since is null or gaps.period_start >= a_since::date)
        and (a_until is null or gaps.period_start < a_until::date)
        and (
            a_unit is null
            or a_unit = (select force_code from organisation)
            or a_unit in (gaps.unit_code, u.ocu, u.directorate, gaps.branch, gaps.team)
        )

)

select
    measure,
    level,
    grain,
    period_start,
    unit_code,
    string_agg(distinct missing, ', ' order by missing) as missing
from placed
where unit_code is not null
group by measure, level, grain, period_start, unit_code
