-- question: What are the reports behind a unit's figure made of, in a span and in one before it?
-- grain:    one row per field (weapon, premises, kind and age band of victim) and value
-- params:   $measure (id), $unit (code), $borough (code, several with + between them, or left out), $before (date, inclusive), $ended (date, exclusive), $since (date, inclusive), $until (date, exclusive)
-- returns:  field, code, n, before
-- people:   victim_age_band
-- source:   crimes_told, measure_units, units
with

reports as (

    select
        reported_on >= $since as in_year,
        unnest([
            {'field': 'weapon', 'code': coalesce(weapon, 'unknown')},
            {'field': 'premises', 'code': coalesce(premises, 'unknown')},
            {'field': 'victim_kind', 'code': coalesce(victim_kind, 'unknown')},
            {'field': 'victim_age_band', 'code': coalesce(victim_age_band, 'unknown')}
        ]) as part
    from crimes_told
    where
        ocu in (
            select code from units
            where $unit in (code, directorate, (select force_code from organisation))
        )
        and ocu in (select unit_code from measure_units where measure = $measure)
        and ($borough is null or list_contains(string_split($borough, '+'), borough))
        and reported_on >= $before
        and reported_on < $until
        and (reported_on < $ended or reported_on >= $since)
        and counted_crime($measure, crimes_told)

)

select
    part.field as field,
    part.code as code,
    count(*) filter (where in_year) as n,
    count(*) filter (where not in_year) as before
from reports
group by all
order by field, n desc, code
