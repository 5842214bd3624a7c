-- question: How did each period's figure stand, as at each snapshot?
-- grain:    one row per snapshot, measure, unit and whole period that the snapshot covers
-- params:   $measures (list of ids), $grain (month or fortnight), $since (date, inclusive)
-- returns:  known_as_at, measure, unit_code, period_start, numerator, denominator, source_grain, known_on
-- source:   observations, measure_coverage, coverage and sources_loaded of several snapshots, each row with known_as_at
with

-- As series_levels chooses: the source grain whose last whole period is the latest, of equals the coarsest.
spans as (

    select
        known_as_at,
        measure,
        source,
        grain,
        since,
        "until",
        period_of($grain, since) as first_start,
        period_of($grain, "until") as last_start
    from measure_coverage
    where
        list_contains($measures, measure)
        and (
            grain = 'day'
            or (grain = 'month' and $grain = 'month')
            or (grain = 'week' and $grain = 'fortnight')
        )

),

chosen as (

    select
        known_as_at,
        measure,
        source,
        grain,
        min(since) over (partition by known_as_at, measure, grain) as since,
        max("until") over (partition by known_as_at, measure, grain) as "until"
    from spans
    qualify row_number() over (
        partition by known_as_at, measure
        order by
            whole_until($grain, since, first_start, last_start) desc nulls last,
            case grain when 'month' then 3 when 'week' then 2 else 1 end desc
    ) = 1

),

-- The day of the newest file that serves it: a figure is as old as what was loaded.
dated as (

    select
        chosen.*,
        coalesce(
            max(published.vintage) filter (published."until" >= chosen."until"),
            max(loaded.vintage)
        ) as known_on
    from chosen
    left join coverage as published
        on
            chosen.known_as_at = published.known_as_at
            and chosen.source = published.publisher
            and chosen.grain = published.grain
    left join sources_loaded as loaded
        on chosen.known_as_at = loaded.known_as_at and chosen.source = loaded.kind
    group by all

),

figures as (

    select
        o.known_as_at,
        o.measure,
        o.unit_code,
        period_of($grain, o.period_start) as period_start,
        sum(o.numerator) as numerator,
        sum(o.denominator) as denominator,
        any_value(chosen.grain) as source_grain,
        any_value(chosen.known_on) as known_on,
        any_value(chosen.since) as since,
        any_value(chosen."until") as "until"
    from observations as o
    inner join dated as chosen
        on
            o.known_as_at = chosen.known_as_at
            and o.measure = chosen.measure
            and o.grain = chosen.grain
    where o.period_start >= $since::date
    group by o.known_as_at, o.measure, o.unit_code, period_of($grain, o.period_start)

)

select known_as_at, measure, unit_code, period_start, numerator, denominator, source_grain, known_on
from figures
where
    period_start >= greatest(since, $since::date)
    and period_end($grain, period_start) <= "until"
order by known_as_at, measure, unit_code, period_start
