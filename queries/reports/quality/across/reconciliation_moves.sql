-- question: What happened to the reports behind a corporate figure since the day it was published?
-- grain:    one row per measure, unit and month of a corporate figure
-- params:   $since (date, inclusive), the first month looked at
-- returns:  measure, unit_code, period_start, then_as_at, late, reclassified, no_crimed
-- source:   crimes and corporate of several snapshots, each row with known_as_at; units
with

-- The first snapshot that knows the day of publication shows what was known then.
figures as (

    select distinct
        c.measure,
        coalesce(c.unit_code, (select force_code from organisation)) as unit_code,
        c.period_start,
        (
            select min(s.known_as_at) from snapshots as s where s.known_as_at > c.published_on
        ) as then_as_at
    from corporate as c
    where
        c.known_as_at = (select max(known_as_at) from snapshots)
        and c.grain = 'month'
        and c.period_start >= $since::date

),

states as (

    select
        figures.measure,
        figures.unit_code,
        figures.period_start,
        figures.then_as_at,
        crimes.crime_ref,
        bool_or(crimes.known_as_at = figures.then_as_at) as known_then,
        bool_or(crimes.no_crimed_on is not null and crimes.known_as_at > figures.then_as_at) as dropped,
        coalesce(bool_or(
            counted_crime(figures.measure, crimes)
            and figures.unit_code in ((select force_code from organisation), crimes.ocu, u.directorate)
        ) filter (crimes.known_as_at = figures.then_as_at), false) as counted_then,
        coalesce(bool_or(
            counted_crime(figures.measure, crimes)
            and figures.unit_code in ((select force_code from organisation), crimes.ocu, u.directorate)
        ) filter (crimes.known_as_at = (select max(known_as_at) from snapshots)), false) as counted_now
    from figures
    inner join crimes
        on
            date_trunc('month', crimes.reported_on) = figures.period_start
            and crimes.known_as_at in (figures.then_as_at, (select max(known_as_at) from snapshots))
    left join units as u on crimes.ocu = u.code
    where crimes.reported_on >= $since::date
    group by all

)

select
    measure,
    unit_code,
    period_start,
    then_as_at,
    count(*) filter (counted_now and not known_then) as late,
    coalesce(sum(counted_now::int - counted_then::int) filter (known_then and not dropped), 0)::bigint
        as reclassified,
    coalesce(sum(counted_now::int - counted_then::int) filter (known_then and dropped), 0)::bigint
        as no_crimed
from states
group by measure, unit_code, period_start, then_as_at
order by measure, unit_code, period_start
