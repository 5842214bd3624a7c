-- question: Which counts does a meeting hold against their past, window by window?
-- grain:    one row per series of the alert list and fortnight
-- params:   none
-- returns:  measure, family, unit_code, borough, period_start, numerator
-- source:   fortnight_series
select measure, family, unit_code, borough, period_start, numerator
from fortnight_series
order by measure, family, unit_code, borough, period_start
