-- question: How many reports had each OCU open a year ago, how many came and closed since, and how many are open, how old?
-- A report is open until it is detected or no-crimed, or taken as filed: of filing no day is told,
-- so that the rule no_update says after how many days nobody works on it any more.
-- grain:    one row per OCU of the directorate; null where no report was ever its own
-- params:   none
-- returns:  unit_code, since, open_before, arrived, detected, no_crimed, filed, open_now, over_28, over_91, median_days
-- source:   crimes, fault_rules, units, snapshot
with

asked as (

    select as_at, (as_at - interval 12 months)::date as since
    from snapshot

),

ended as (

    select
        ocu,
        reported_on,
        detected_on,
        no_crimed_on,
        -- What was detected before it was reported is closed as it comes.
        greatest(
            reported_on,
            least(
                detected_on,
                no_crimed_on,
                reported_on + (select within_days::int from fault_rules where fault = 'no_update')
            )
        ) as closed_on
    from crimes
    where reported_on < (select as_at from snapshot)

),

placed as (

    select
        ended.ocu,
        asked.as_at - ended.reported_on as days,
        ended.reported_on >= asked.since as came,
        coalesce(ended.closed_on >= asked.since, true) and ended.reported_on < asked.since as stood,
        coalesce(ended.closed_on >= asked.as_at, true) as stands,
        coalesce(ended.closed_on >= asked.since and ended.closed_on < asked.as_at, false) as closed,
        case
            when ended.detected_on <= ended.closed_on then 'detected'
            when ended.no_crimed_on <= ended.closed_on then 'no_crimed'
            else 'filed'
        end as ending
    from ended
    cross join asked

),

counted as (

    select
        ocu,
        count(*) filter (stood) as open_before,
        count(*) filter (came) as arrived,
        count(*) filter (closed and ending = 'detected') as detected,
        count(*) filter (closed and ending = 'no_crimed') as no_crimed,
        count(*) filter (closed and ending = 'filed') as filed,
        count(*) filter (stands) as open_now,
        count(*) filter (stands and days > 28) as over_28,
        count(*) filter (stands and days > 91) as over_91,
        median(days) filter (stands) as median_days
    from placed
    group by ocu

)

select
    units.code as unit_code,
    asked.since,
    counted.open_before,
    counted.arrived,
    counted.detected,
    counted.no_crimed,
    counted.filed,
    counted.open_now,
    counted.over_28,
    counted.over_91,
    counted.median_days
from units
cross join asked
left join counted on units.code = counted.ocu
where units.level = 'ocu' and units.directorate = (select directorate from organisation)
order by units.code
