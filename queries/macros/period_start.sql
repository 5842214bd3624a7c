-- question: In which period of a grain does a day fall (fortnights by the grid of meetings, years by planning year)?
create macro period_of(grain, day) as
    case grain
        when 'day' then day::date
        when 'week' then date_trunc('week', day)::date
        when 'fortnight' then (
            day::date
            - (((day::date - (select window_end from organisation)) % 14 + 14) % 14)::integer
        )::date
        when 'month' then date_trunc('month', day)::date
        when 'quarter' then date_trunc('quarter', day)::date
        when 'year' then (
            date_trunc('year', day - to_months((select year_month - 1 from organisation)::integer))
            + to_months((select year_month - 1 from organisation)::integer)
        )::date
    end
