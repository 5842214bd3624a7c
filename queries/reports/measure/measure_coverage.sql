-- question: From which day to which is each measure covered, by whom?
-- grain:    one row per measure, source, grain and span
-- params:   none
-- returns:  measure, source, grain, since, until, unit_code, n
-- source:   measure_coverage
select measure, source, grain, since, "until", unit_code, n
from measure_coverage
order by measure, "until" desc, grain
