-- question: How many claims did each team (else branch) make in a span, and in the one before it?
-- grain:    one row per unit, branch and team
-- params:   $since (date, inclusive), $middle (first day of the later span), $until (date, exclusive)
-- returns:  unit_code, branch, team, n, n_before, pence, hours, people
-- source:   overtime, units
select
    ocu as unit_code,
    branch,
    team,
    count(*) filter (where worked_on >= $middle) as n,
    count(*) filter (where worked_on < $middle) as n_before,
    coalesce(sum(round(cost_gbp * 100)) filter (where worked_on >= $middle), 0)::bigint as pence,
    coalesce(sum(hours) filter (where worked_on >= $middle), 0) as hours,
    count(distinct staff_ref) filter (where worked_on >= $middle) as people
from overtime
where
    worked_on >= $since
    and worked_on < $until
    and ocu in (select code from units where directorate = (select directorate from organisation))
group by ocu, branch, team
order by unit_code, branch, team
