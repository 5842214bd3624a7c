-- question: What was known of each past planning year on each day inside it, by today's figures cut at the day?
-- grain:    one row per series of a place, past year and day on which the year would have been forecast
-- params:   $place (whole, borough)
-- returns:  grain, measure, unit_code, borough, year, origin, so_far, elapsed, phi, total, last, ended
-- source:   year_forecasts
-- Of the year `elapsed` is the share that usually has come by then, `total` what it came to; `phi` is
-- how far counts scattered before the day, `last` the year before, `ended` when the last year ended.
select
    grain,
    measure,
    unit_code,
    borough,
    year,
    origin,
    so_far,
    elapsed,
    phi,
    total,
    last,
    ended
from year_forecasts
where place = $place
order by number
