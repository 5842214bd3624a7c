"""The year of windows that an alert ends, and what was expected of its last one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import EXPLAINED, Note
from dashboard.periods import Period, calendar
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure import identity
from dashboard.reports.request import Request
from dashboard.words import numbers
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word

NOT_ITS = "null: not the alert's window, or the alert is of some of its days alone"


class Window(TypedDict):
    """A window of the year that an alert ends."""

    period_start: date
    period: str
    n: Annotated[float | None, "null: not covered"]
    now: bool  # the alert's own
    expected: Annotated[float | None, NOT_ITS]
    low: Annotated[float | None, NOT_ITS]
    high: Annotated[float | None, NOT_ITS]
    figure_of: str


def history(request: Request, row: Alert) -> Disclosed:
    """The rows of an alert's year of windows, its own the last."""
    last = calendar().window_start(row["window_since"])
    starts = [last - calendar().window * back for back in range(len(row["spark"]))][::-1]
    whole = row["window_until"] - row["window_since"] == calendar().window
    year: list[Window] = []
    for start, counted in zip(starts, row["spark"], strict=True):
        end, own = start + calendar().window, whole and start == last
        measure, place = request.measures[row["measure"]], (row["unit_code"], row["borough"])
        year.append(
            {
                "period_start": start,
                "period": Period(start, end).words,
                "n": counted,
                "now": start == last,
                "expected": float(row["expected"]) if own else None,
                "low": float(row["low"]) if own else None,
                "high": float(row["high"]) if own else None,
                FIGURE_OF: identity.spelt(request, measure, start, end, *place),
            }
        )
    return request.disclose(
        rows.table(Window, year),
        title=row["sentence"],
        subtitle=f"each {window_word()}; {alert_words.window(row)}: "
        f"expected {numbers.number(row['expected'], 1)}, "
        f"95 % band {numbers.span(row['low'], row['high'])}",
        notes=tuple(
            Note(words, EXPLAINED) for words in remarks.all_remarks(request).of_alerts([row])
        ),
        query="meeting_series",
        measure=row["measure"],
        unit=row["unit_code"],
        borough=row["borough_name"],
    )
