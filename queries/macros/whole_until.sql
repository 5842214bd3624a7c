-- question: When does the last whole period of a grain end (exclusive) in a span of days? Null where none is whole.
-- `first_start` and `last_start` are period_of the span's two days. They are handed over as columns: a
-- macro writes out what it is given wherever it asks for it, and period_of asks three questions.
create macro whole_until(grain, since, first_start, last_start) as
    case
        when
            last_start >= case
                when first_start = since then period_end(grain, since)
                else period_end(grain, period_end(grain, first_start))
            end
            then last_start
    end
