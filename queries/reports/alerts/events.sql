-- question: On which days did the events of rare series happen lately, and when was the one before?
-- grain:    one row per measure, unit, borough, day (or published month) with events, and measures that count the same ones
-- params:   none
-- returns:  measure, grain, period_start, unit_code, borough, n, previous, counted_by
-- source:   recent_events
-- `previous` is the last period before with an event of the measure in the borough, whoever dealt
-- with it. `counted_by` names all measures that count the very same events, with commas.
select measure, grain, period_start, unit_code, borough, n, previous, counted_by
from recent_events
order by period_start desc, measure, unit_code, borough, counted_by
