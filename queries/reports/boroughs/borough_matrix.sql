-- question: What did each measure count in each borough in a span of whole months, and in the same months of the three years before?
-- grain:    one row per measure, area and window (years_ago 0: the span itself)
-- params:   $unit (code of who investigated, or left out), $since (date, inclusive: how far back is read), $until (date, exclusive), $span (month, twelve, calendar or planning)
-- returns:  measure, borough, years_ago, since, until, months, numerator, denominator, provisional
-- source:   place_series, measure_coverage, measures
with

-- A month for which any of the units did not send its return is missing.
counted as (

    select
        measure,
        borough,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        bool_or(provisional) as provisional
    from place_series
    where
        grain = 'month'
        and level = if($unit is null, 'borough', 'ocu_borough')
        and ($unit is null or $unit in (unit_code, parent))
        and period_start >= $since::date
        and period_start < $until::date
    group by measure, borough, period_start
    having count(numerator) = count(*)
    -- A unit has no figures of what it did not count at all.
    qualify
        bool_or(bool_or(counted)) over (partition by measure, borough)
        or (
            borough <> 'none'
            and bool_or(borough <> 'none' and bool_or(counted)) over (partition by measure)
        )

),

monthly as (

    select c.measure, c.borough, c.period_start, c.numerator, c.denominator, c.provisional
    from counted as c
    inner join measures as m on c.measure = m.id
    -- A stock can't be added over months.
    where m.aggregate = 'sum'

),

-- Each measure's last whole covered month.
ends as (

    select measure, max(period_start) as last
    from (select distinct measure, period_start from monthly) as m
    where exists (
        select 1
        from measure_coverage as c
        where
            c.measure = m.measure
            and c.since <= m.period_start
            and least(c."until", $until::date) >= period_end('month', m.period_start)
    )
    group by measure

),

placed as (

    select
        monthly.*,
        date_diff('month', monthly.period_start, ends.last) as ago,
        case $span
            when 'month' then 1
            when 'calendar' then month(ends.last)
            when 'planning' then (month(ends.last) + 8) % 12 + 1
            when 'twelve' then 12
        end as wanted
    from monthly
    inner join ends on monthly.measure = ends.measure
    where monthly.period_start <= ends.last

)

select
    measure,
    borough,
    ago // 12 as years_ago,
    min(period_start) as since,
    period_end('month', max(period_start)) as "until",
    count(*) as months,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    bool_or(provisional) as provisional
from placed
where ago % 12 < wanted and ago // 12 <= 3
group by measure, borough, ago // 12
-- A window with months missing is no window.
having count(*) = max(wanted)
order by measure, years_ago, borough
