-- question: How many days pass from report to validation, supervision, authorisation and last update?
-- grain:    one row per unit and step; all units together as the force
-- params:   none
-- returns:  unit_code, step, n, waiting, median_days, ninth_decile_days
-- source:   crimes, snapshot
with

-- Reports of the last twelve months that had 28 days to be done, so that the slow are in.
steps as (

    select
        ocu,
        unnest([
            {
                'step': 'validated',
                'due': true,
                'days': validated_on - reported_on
            },
            {
                'step': 'supervised',
                'due': true,
                'days': supervised_on - reported_on
            },
            {
                'step': 'authorised',
                'due': detected_on is not null,
                'days': detection_authorised_on - detected_on
            },
            {
                'step': 'updated',
                'due': detected_on is null,
                'days': (select as_at from snapshot) - coalesce(last_updated_on, reported_on)
            }
        ]) as step
    from crimes
    where
        no_crimed_on is null
        and reported_on >= (select as_at from snapshot) - interval 12 months
        and reported_on < (select as_at from snapshot) - 28

)

select
    coalesce(ocu, (select force_code from organisation)) as unit_code,
    step.step as step,
    count(step.days) as n,
    count(*) - count(step.days) as waiting,
    quantile_cont(step.days, 0.5) as median_days,
    quantile_cont(step.days, 0.9) as ninth_decile_days
from steps
where step.due
group by grouping sets ((ocu, step.step), (step.step))
order by unit_code, step
