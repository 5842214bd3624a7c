-- question: On which days was most of the overtime claimed as that of a public holiday?
-- grain:    one row per day
-- params:   $since (date, inclusive), $until (date, exclusive)
-- returns:  day, n
-- source:   overtime
select worked_on as day, count(*) as n
from overtime
where worked_on >= $since and worked_on < $until
group by worked_on
-- A single claim under the wrong category makes no public holiday.
having avg(if(category = 'public_holiday', 1, 0)) > 0.5
order by day
