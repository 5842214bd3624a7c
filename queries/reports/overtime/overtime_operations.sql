-- question: On which operations was overtime spent?
-- grain:    one row per operation, the dearest first; claims without one are 'none'
-- params:   $unit (code), $since (date, inclusive), $until (date, exclusive)
-- returns:  operation, pence, hours, n, people
-- source:   overtime, units
select
    coalesce(operation, 'none') as operation,
    sum(round(cost_gbp * 100))::bigint as pence,
    sum(hours) as hours,
    count(*) as n,
    count(distinct staff_ref) as people
from overtime
where
    worked_on >= $since
    and worked_on < $until
    and ocu in (
        select code from units
        where directorate = (select directorate from organisation) and $unit in (ocu, directorate)
    )
group by 1
order by pence desc, operation
