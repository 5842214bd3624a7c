-- question: Which published count serves each cell, of all vintages known?
-- grain:    one row per publisher, grain, date, borough, offence code and value
-- params:   none
-- returns:  publisher, date, grain, borough, offence, value, n, vintage
-- source:   staged_counts (with sequence), spelling_area, spelling_offence, count_files, count_falls
with

-- One file may repeat a key (two `Other / NK` rows): those add up.
within_file as (

    select
        publisher, grain, date, borough, offence, value, vintage, sequence, sum(n) as n
    from staged_counts
    group by all

),

-- Two files of one edition may say one cell: the one known, then imported, last stands.
within_edition as (

    select c.*, f.edition, f.position, f.delta
    from within_file as c
    inner join count_files as f
        on
            c.sequence = f.sequence
            and c.publisher = f.publisher
            and c.grain = f.grain
            and c.value = f.value
    qualify row_number() over (
        partition by f.edition, c.publisher, c.grain, c.date, c.borough, c.offence, c.value
        order by c.vintage desc, c.sequence desc
    ) = 1

),

-- A later edition says all of the periods that it covers, an absent cell included.
standing as (

    select c.*
    from within_edition as c
    anti join count_falls as f
        on
            c.edition = f.edition
            and c.offence = f.spelt
            and c.date = f.date

),

coded as (

    select
        cells.publisher,
        cells.grain,
        cells.date,
        cells.value,
        cells.vintage,
        cells.n,
        cells.edition,
        cells.position,
        cells.delta,
        coalesce(areas.code, 'unknown') as borough,
        coalesce(offences.code, 'unknown') as offence,
        coalesce(offences.code, cells.offence) as said
    from standing as cells
    left join spelling_area as areas
        on cells.publisher = areas.source and cells.borough is not distinct from areas.spelt
    left join spelling_offence as offences
        on cells.publisher = offences.source and cells.offence is not distinct from offences.spelt

),

-- A delta is laid over cell by cell: what was known before of the same cell falls.
current_cells as (

    select coded.*
    from coded
    anti join (
        select distinct publisher, grain, date, value, borough, said, position
        from coded
        where delta
    ) as d
        on
            coded.publisher = d.publisher
            and coded.grain = d.grain
            and coded.date = d.date
            and coded.value = d.value
            and coded.borough = d.borough
            and coded.said = d.said
            and coded.position < d.position

)

select publisher, date, grain, borough, offence, value, sum(n) as n, max(vintage) as vintage
from current_cells
group by publisher, date, grain, borough, offence, value
order by date, publisher, offence, value, borough
