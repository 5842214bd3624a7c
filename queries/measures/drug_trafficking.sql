-- measure:   drug_trafficking
-- name:      Drug trafficking
-- question:  How many drug-trafficking offences were recorded?
-- owner:     serious_crime
-- scope:     directorate
-- unit:      n
-- better:    neutral
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- why:       most are found by looking: a rise is work done
-- review_on: 2005-04-01
-- order:     350
-- published: drug_trafficking
-- returns:   grain, period_start, unit_code, branch, team, borough, numerator, denominator
select
    'day' as grain,
    day as period_start,
    unit_code,
    branch,
    team,
    borough,
    sum(n)::double as numerator,
    null::double as denominator
from crime_days
where
    event = 'offence'
    and offence in ('drug_trafficking')
    and unit_code in (select code from units where directorate = (select directorate from organisation))
group by day, unit_code, branch, team, borough
order by period_start, unit_code, branch, team, borough
