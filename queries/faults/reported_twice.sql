-- fault:      reported_twice
-- name:       Possibly reported twice
-- question:   Which report follows one that is alike in offence, borough, committed date and victim?
-- owner:      directorate
-- of:         persons
-- after_days: 0
-- within_days: 28
-- why:        one crime a victim counts once; alike is not the same, so that somebody has to look
with

-- A blank field is like nothing: only reports that say all of them are compared. What they say is
-- taken as one number of 64 bits, which costs half of comparing six fields: two reports of a
-- hundred million that differ share theirs in one of four thousand publishes.
whole as (

    select
        crime_ref,
        ocu,
        branch,
        borough,
        reported_on,
        hash(
            offence, borough, committed_on, victim_age_band, victim_sex, victim_ethnicity
        ) as said
    from crimes
    where
        no_crimed_on is null
        and victim_kind = 'person'
        and committed_on is not null
        and borough not in ('unknown', 'none')
        and coalesce(victim_age_band, 'unknown') <> 'unknown'
        and coalesce(victim_sex, 'unknown') <> 'unknown'
        and coalesce(victim_ethnicity, 'unknown') not in ('unknown', 'NS')

),

alike as (

    select
        crime_ref,
        ocu,
        branch,
        borough,
        reported_on,
        lag(reported_on) over (partition by said order by reported_on, crime_ref) as before
    from whole

)

select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    reported_on + $after_days as open_since
from alike
where
    reported_on - before <= $within_days
    and reported_on + $after_days < $as_at
