-- question: What did the corporate group publish, and what do the records give on each way of counting?
-- grain:    one row per monthly corporate figure
-- params:   $since (date, inclusive), the first month shown
-- returns:  measure, unit_code, period_start, published, published_on, reported, committed, with_no_crimes, all_units, directorate
-- source:   corporate, crimes, units
with

-- A figure that two spellings of an area brought twice is one figure.
figures as (

    select distinct
        measure,
        coalesce(unit_code, (select force_code from organisation)) as unit_code,
        period_start,
        value,
        published_on
    from corporate
    where grain = 'month' and period_start >= $since::date and coalesce(borough, 'none') = 'none'

),

-- Two months before are read too: what was committed in a month may be reported later.
members as (

    select
        f.measure,
        f.unit_code,
        f.period_start,
        date_trunc('month', c.reported_on) = f.period_start as by_report,
        date_trunc('month', c.committed_on) = f.period_start as by_commission,
        f.unit_code in ((select force_code from organisation), c.ocu, u.directorate) as own,
        u.directorate = (select directorate from organisation) as of_directorate,
        c.no_crimed_on is null as stands
    from figures as f
    inner join crimes as c
        on
            f.period_start = date_trunc('month', c.reported_on)
            or f.period_start = date_trunc('month', c.committed_on)
    left join units as u on c.ocu = u.code
    where
        c.reported_on >= $since::date
        and recorded_crime(f.measure, c)

)

select
    f.measure,
    f.unit_code,
    f.period_start,
    f.value as published,
    f.published_on,
    count(*) filter (m.by_report and m.own and m.stands) as reported,
    count(*) filter (m.by_commission and m.own and m.stands) as committed,
    count(*) filter (m.by_report and m.own) as with_no_crimes,
    count(*) filter (m.by_report and m.stands) as all_units,
    count(*) filter (m.by_report and m.stands and m.of_directorate) as directorate
from figures as f
left join members as m
    on f.measure = m.measure and f.unit_code = m.unit_code and f.period_start = m.period_start
group by f.measure, f.unit_code, f.period_start, f.value, f.published_on
order by f.measure, f.unit_code, f.period_start desc
