-- question: What share of the published counts has no known area or offence, by publisher?
-- grain:    one row per publisher
-- params:   none
-- returns:  publisher, counted, unknown_area, unknown_offence
-- source:   published
select
    publisher,
    sum(n) as counted,
    coalesce(sum(n) filter (borough = 'unknown'), 0) as unknown_area,
    coalesce(sum(n) filter (offence = 'unknown'), 0) as unknown_offence
from published
where value = 'offences'
group by publisher
order by publisher
