-- question: Which points of many series lie beyond their usual range (XmR limits and rules, all at once)?
-- grain:    one row per series, segment and position, as given
-- params:   table: series, segment, position (no gaps), value (null: missing), is_baseline
-- returns:  the same, mean, lower, upper, near_lower, near_upper, rule, direction
-- source:   the rules of dashboard/stats/xmr_rules.py, to which a test holds this
create macro xmr(points) as table
with

ranges as (

    select
        *,
        sign(value - lag(value) over neighbours) as step,
        -- Moving ranges that limits stand on lie between two points of the baseline.
        case
            when is_baseline and lag(is_baseline) over neighbours
                then abs(value - lag(value) over neighbours)
        end as moving_range
    from query_table(points)
    window neighbours as (partition by series, segment order by position)

),

averages as (

    select
        *,
        avg(moving_range) over whole as mean_range,
        count(value) filter (where is_baseline) over whole as n_baseline,
        avg(value) filter (where is_baseline) over whole as mean_value
    from ranges
    window whole as (partition by series, segment)

),

spreads as (

    -- 2.66 and 3.267: Wheeler & Chambers; ranges beyond are screened out, once, unless only
    -- zeros would be left. Where all points are equal the limits fall on the mean.
    select
        *,
        case when n_baseline >= 3 then mean_value end as mean,
        case
            when n_baseline >= 3
                then
                    2.66 * coalesce(
                        nullif(
                            avg(moving_range) filter (where moving_range < 3.267 * mean_range) over whole,
                            0
                        ),
                        mean_range
                    )
        end as apart
    from averages
    window whole as (partition by series, segment)

),

limits as (

    select
        *,
        mean - apart as lower,
        mean + apart as upper,
        mean - 2 * apart / 3 as near_lower,
        mean + 2 * apart / 3 as near_upper
    from (select * replace (case when apart is not null then mean end as mean) from spreads)

),

marks as (

    -- A difference within rounding of a line lies on it.
    select
        *,
        case when abs(value - mean) > 1e-12 * abs(mean) then sign(value - mean) else 0 end as side,
        case
            when value - upper > 1e-12 * abs(upper) then 1
            when lower - value > 1e-12 * abs(lower) then -1
            else 0
        end as beyond,
        coalesce(
            value - near_upper > 1e-12 * abs(near_upper)
            or near_lower - value > 1e-12 * abs(near_lower),
            false
        ) as near
    from limits

),

ends as (

    -- The sign of the run that ends here: 7 on one side, 6 steps one way, 3 with 2 near.
    select
        *,
        case when abs(sum(side) over last_7) = 7 then side else 0 end as run_end,
        case when abs(sum(coalesce(step, 0)) over last_6) = 6 then step else 0 end as trend_end,
        abs(sum(side) over last_3) = 3 and sum(near::integer) over last_3 >= 2 as pair_end
    from marks
    window
        last_7 as (partition by series, segment order by position rows 6 preceding),
        last_6 as (partition by series, segment order by position rows 5 preceding),
        last_3 as (partition by series, segment order by position rows 2 preceding)

),

parts as (

    -- Each run marks all its points. At a turning point the step after it decides.
    select
        *,
        bool_or(run_end <> 0) over next_7 as in_run,
        bool_or(trend_end = 1) over next_7 as in_rise,
        bool_or(trend_end = -1) over next_7 as in_fall,
        near and bool_or(pair_end) over next_3 as in_pair,
        lead(step) over (partition by series, segment order by position) as next_step
    from ends
    window
        next_7 as (
            partition by series, segment order by position rows between current row and 6 following
        ),
        next_3 as (
            partition by series, segment order by position rows between current row and 2 following
        )

),

labels as (

    select
        *,
        case
            when mean is null then 'common'
            when beyond <> 0 then 'outside'
            when in_rise or in_fall then 'trend'
            when in_pair then 'two_in_three'
            when in_run then 'shift'
            else 'common'
        end as rule
    from parts

)

select
    series,
    segment,
    position,
    value,
    is_baseline,
    mean,
    lower,
    upper,
    near_lower,
    near_upper,
    rule,
    case rule
        when 'common' then ''
        when 'outside' then if(beyond > 0, 'high', 'low')
        when 'trend' then if(if(in_rise and in_fall, next_step > 0, in_rise), 'high', 'low')
        else if(side > 0, 'high', 'low')
    end as direction
from labels
order by series, segment, position
