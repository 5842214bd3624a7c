-- question: On which days did the events of the alert list's measures happen, from three months before the last window on, and when was the one before?
-- grain:    one row per measure, unit, borough, day (or published month) with events, and measures that count the same ones
-- params:   none
-- returns:  measure, grain, period_start, unit_code, borough, n, previous, counted_by
-- `previous` is the last period before with an event of the measure in the borough, whoever dealt
-- with it. `counted_by` names all measures that count the very same events, with commas.
with

span as (

    select
        period_of(o.window_grain, s.as_at) - (o.window_days + 92)::integer as since,
        s.as_at as "until"
    from snapshot as s
    cross join organisation as o

),

summed as (

    select
        o.measure,
        o.grain,
        o.period_start,
        o.unit_code,
        o.borough,
        sum(o.numerator)::bigint as n
    from observations as o
    inner join measures as m on o.measure = m.id
    where m.alert and o.numerator > 0
    group by all

),

periods as (

    select
        measure,
        grain,
        borough,
        period_start,
        lag(period_start) over (
            partition by measure, grain, borough order by period_start
        ) as previous
    from (select distinct measure, grain, borough, period_start from summed)

),

chosen as (

    select s.*, p.previous
    from summed as s
    inner join periods as p
        on
            s.measure = p.measure
            and s.grain = p.grain
            and s.borough is not distinct from p.borough
            and s.period_start = p.period_start
    where
        s.period_start >= (select since from span)
        and s.period_start < (select "until" from span)

),

-- The reports behind the cells that are counted by the day, by all measures that count them.
reports as (

    select
        c.day as period_start,
        c.unit_code,
        c.borough,
        r.crime_ref,
        list(c.measure order by c.measure) as measures
    from (
        select distinct measure, period_start as day, unit_code, borough
        from chosen
        where grain = 'day'
    ) as c
    inner join crimes as r
        on
            c.day = r.reported_on
            and c.unit_code = r.ocu
            and c.borough is not distinct from r.borough
    where counted_crime(c.measure, r)
    group by all

),

shared as (

    select
        m.measure,
        r.period_start,
        r.unit_code,
        r.borough,
        array_to_string(r.measures, ', ') as counted_by,
        count(*) as n
    from reports as r
    cross join lateral (select unnest(r.measures) as measure) as m
    group by all

)

select
    c.measure,
    c.grain,
    c.period_start,
    c.unit_code,
    c.borough,
    coalesce(s.n, c.n) as n,
    c.previous,
    coalesce(s.counted_by, c.measure) as counted_by
from chosen as c
left join shared as s
    on
        c.measure = s.measure
        and c.grain = 'day'
        and c.period_start = s.period_start
        and c.unit_code = s.unit_code
        and c.borough is not distinct from s.borough
order by c.measure, c.period_start, c.unit_code, c.borough, counted_by
