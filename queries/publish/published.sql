-- question: Which published count serves each cell, of all vintages known?
-- grain:    one row per publisher, grain, date, borough, offence code and value
-- params:   none
-- returns:  publisher, date, grain, borough, offence, value, n, vintage
-- source:   staged_counts (with sequence), spelling_area, spelling_offence, coverage_spans
with

-- One file may repeat a key (two `Other / NK` rows): those add up.
within_file as (

    select
        publisher, grain, date, borough, offence, value, vintage, sequence, sum(n) as n
    from staged_counts
    group by all

),

-- Two files of one vintage may say one cell: the one imported last stands.
within_vintage as (

    select publisher, grain, date, borough, offence, value, vintage, n
    from within_file
    qualify row_number() over (
        partition by publisher, grain, date, borough, offence, value, vintage
        order by sequence desc
    ) = 1

),

coded as (

    select
        cells.publisher,
        cells.grain,
        cells.date,
        cells.value,
        cells.vintage,
        cells.n,
        coalesce(areas.code, 'unknown') as borough,
        coalesce(offences.code, 'unknown') as offence,
        cells.offence as spelt
    from within_vintage as cells
    left join spelling_area as areas
        on cells.publisher = areas.source and cells.borough is not distinct from areas.spelt
    left join spelling_offence as offences
        on cells.publisher = offences.source and cells.offence is not distinct from offences.spelt

),

-- A later vintage that covers the date says all of it, an absent cell included.
current_cells as (

    select coded.*
    from coded
    anti join coverage_spans as later
        on
            coded.publisher = later.publisher
            and coded.grain = later.grain
            and coded.value = later.value
            and coded.offence = later.offence
            and coded.spelt = case when coded.offence = 'unknown' then later.spelt else coded.spelt end
            and later.vintage > coded.vintage
            and coded.date >= later.since
            and coded.date < later.until

)

select publisher, date, grain, borough, offence, value, sum(n) as n, max(vintage) as vintage
from current_cells
group by publisher, date, grain, borough, offence, value
order by date, publisher, offence, value, borough
