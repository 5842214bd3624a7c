-- question: How many claims of each unit break a rule, what do they come to, and how many are not listed?
-- grain:    one row per unit and rule; rule 'any' counts a claim that breaks two of them once
-- params:   $since (date, inclusive), $until (date, exclusive), $authorised_by (day before which work must be authorised), $day_hours (most hours that one person can claim of a day)
-- returns:  unit_code, rule, n, pence, unlisted
-- source:   overtime, units
with

breaks as (

    select * from overtime_breaks($since, $until, $authorised_by, $day_hours)

),

every as (

    select ocu, branch, team, rule, pence from breaks
    union all
    select ocu, branch, team, 'any' as rule, any_value(pence) as pence
    from breaks
    group by claim, ocu, branch, team

)

select
    ocu as unit_code,
    rule,
    count(*) as n,
    sum(pence)::bigint as pence,
    count(*) filter (where not claim_open(ocu, branch, team)) as unlisted
from every
group by ocu, rule
order by unit_code, rule
