-- question: Which claims of the directorate break a rule, each with its unit and branch?
-- A claim is numbered, and comes once for each rule that it breaks. Whose claims may be listed is
-- not asked here: overtime_exceptions lists open ones, overtime_exceptions_sum counts all.
create macro overtime_breaks(since, until, authorised_by, day_hours_at_most) as table
with

timed as (

    select
        *,
        coalesce(
            try_cast(started_at as timestamp), worked_on + try_cast(started_at as time)
        ) as started,
        coalesce(try_cast(ended_at as timestamp), worked_on + try_cast(ended_at as time)) as stopped
    from overtime
    where
        -- A day more: a claim may run into the first day of the span.
        worked_on >= since::date - 1
        and worked_on < until
        and ocu in (select code from units where directorate = (select directorate from organisation))

),

-- A claim that ends before it starts runs past midnight.
spans as (

    select *, if(stopped <= started, stopped + interval 1 day, stopped) as ended
    from timed

),

claims as (

    select
        *,
        row_number() over everything as claim,
        if(staff_ref is null, hours, sum(hours) over (partition by staff_ref, worked_on)) as in_day,
        max(if(staff_ref is null, null, ended)) over (
            partition by staff_ref
            order by started, ended, cost_gbp, category, operation
            rows between unbounded preceding and 1 preceding
        ) as busy_until
    from spans
    window everything as (order by worked_on, ocu, branch, staff_ref, started, category, cost_gbp)

),

-- Court claims are for court, and court is claimed as such or on a rest day or public holiday.
ruled as (

    select *, unnest(list_filter([
        if(authorised_on is null and worked_on < authorised_by, 'not_authorised', null),
        if(in_day > day_hours_at_most, 'over_a_day', null),
        if(busy_until > started, 'double_claim', null),
        if(
            (category = 'court' and duty <> 'court')
            or (duty = 'court' and category not in ('court', 'rest_day', 'public_holiday')),
            'outside_duty', null
        )
    ], lambda rule: rule is not null)) as rule
    from claims
    where worked_on >= since

)

select
    rule, claim, ocu, branch, team, worked_on, staff_ref, category, duty, hours,
    round(cost_gbp * 100)::bigint as pence, operation, in_day as day_hours
from ruled
