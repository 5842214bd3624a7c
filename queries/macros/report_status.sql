-- question: How does a crime report stand: no-crimed, detected, or open?
create macro report_status(detected_on, no_crimed_on) as
    case
        when no_crimed_on is not null then 'no_crimed'
        when detected_on is not null then 'detected'
        else 'open'
    end
