-- question: How many faults of each kind stand open in each unit, out of how many reports, the oldest since when?
-- grain:    one row per unit and fault rule, and per rule one for all units (unit_code the force)
-- params:   none
-- returns:  unit_code, fault, name, why, after_days, place, n, looked_at, oldest_since
-- source:   fault_rules, faults, crimes, snapshot
with

-- What each rule looks at, by its header: the share of faults is a share of these.
populations as (

    select
        coalesce(ocu, (select force_code from organisation)) as unit_code,
        unnest([
            {'of': 'reports', 'n': count(*) filter (no_crimed_on is null)},
            {
                'of': 'undetected',
                'n': count(*) filter (
                    no_crimed_on is null
                    and detected_on is null
                    and reported_on >= (select as_at from snapshot) - (
                        select max(within_days)::integer from fault_rules where "of" = 'undetected'
                    )
                )
            },
            {
                'of': 'detected',
                'n': count(*) filter (no_crimed_on is null and detected_on is not null)
            },
            {'of': 'no_crimed', 'n': count(*) filter (no_crimed_on is not null)},
            {
                'of': 'persons',
                'n': count(*) filter (no_crimed_on is null and victim_kind = 'person')
            }
        ]) as population
    from crimes
    where reported_on < (select as_at from snapshot)
    group by rollup (ocu)

),

found as (

    select
        coalesce(ocu, (select force_code from organisation)) as unit_code,
        fault,
        count(*) as n,
        min(open_since) as oldest_since
    from faults
    group by grouping sets ((ocu, fault), (fault))

)

select
    populations.unit_code,
    rules.fault,
    rules.name,
    rules.why,
    rules.after_days,
    rules.place,
    coalesce(found.n, 0) as n,
    populations.population.n as looked_at,
    found.oldest_since
from fault_rules as rules
inner join populations on rules."of" = populations.population."of"
left join found on rules.fault = found.fault and populations.unit_code = found.unit_code
order by populations.unit_code, rules.place
