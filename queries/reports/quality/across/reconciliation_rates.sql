-- question: What would a published detection rate be on each basis, as known when it was published?
-- grain:    one row per detection rate, unit and month of a corporate figure
-- params:   $measures (list of ids of detection rates), $since (date, inclusive), the first month looked at
-- returns:  measure, unit_code, period_start, then_as_at, offences, period_all, cohort_sanction, cohort_all
-- source:   crimes and corporate of several snapshots, each row with known_as_at; units
with

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
        and list_contains($measures, c.measure)
        and c.period_start >= $since::date

),

-- Detections of the month may be of earlier reports, so that all reports of then are read.
members as (

    select
        f.measure,
        f.unit_code,
        f.period_start,
        f.then_as_at,
        date_trunc('month', c.reported_on) = f.period_start as of_month,
        date_trunc('month', c.detected_on) = f.period_start as detected_in_month,
        c.detected_on is not null as detected,
        c.detection = 'sanction' as by_sanction
    from figures as f
    inner join crimes as c
        on
            f.then_as_at = c.known_as_at
            and f.period_start in (
                date_trunc('month', c.reported_on), date_trunc('month', c.detected_on)
            )
    left join units as u on c.ocu = u.code
    where
        f.unit_code in ((select force_code from organisation), c.ocu, u.directorate)
        and counted_crime(f.measure, c)

)

select
    measure,
    unit_code,
    period_start,
    then_as_at,
    count(*) filter (of_month) as offences,
    count(*) filter (detected_in_month) as period_all,
    count(*) filter (of_month and detected and by_sanction) as cohort_sanction,
    count(*) filter (of_month and detected) as cohort_all
from members
group by measure, unit_code, period_start, then_as_at
order by measure, unit_code, period_start
