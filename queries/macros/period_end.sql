-- question: When does the period of a grain that starts on a day end (exclusive)?
create macro period_end(grain, started) as
    case grain
        when 'day' then started + 1
        when 'week' then started + 7
        when 'fortnight' then started + 14
        when 'month' then (started + interval 1 month)::date
        when 'quarter' then (started + interval 3 months)::date
        when 'year' then (started + interval 1 year)::date
    end
