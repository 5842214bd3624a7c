-- question: In which period of a grain does a day fall (fortnights by the fixed grid, years by planning year)?
create macro period_of(grain, day) as
    case grain
        when 'day' then day::date
        when 'week' then date_trunc('week', day)::date
        when 'fortnight' then (
            date '2004-07-12' + 14 * floor((day::date - date '2004-07-12') / 14.0)::integer
        )::date
        when 'month' then date_trunc('month', day)::date
        when 'quarter' then date_trunc('quarter', day)::date
        when 'year' then (date_trunc('year', day - interval 3 months) + interval 3 months)::date
    end
