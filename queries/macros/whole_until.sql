-- question: When does the last whole period of a grain end (exclusive) in a span of days? Null where none is whole.
create macro whole_until(grain, since, until) as
    case
        when
            period_of(grain, until) >= period_end(
                grain,
                case
                    when period_of(grain, since) = since then since
                    else period_end(grain, period_of(grain, since))
                end
            )
            then period_of(grain, until)
    end
