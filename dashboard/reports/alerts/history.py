"""The year of windows that an alert ends, and what was expected of its last one."""

from __future__ import annotations

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import EXPLAINED, Note
from dashboard.periods import Period, calendar
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Row
from dashboard.reports.measure import identity
from dashboard.reports.request import Request
from dashboard.words import numbers
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word

HISTORY = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        ("n", pa.float64()),
        ("now", pa.bool_()),
        ("expected", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        (FIGURE_OF, pa.string()),
    ]
)


def history(request: Request, row: Row) -> Disclosed:
    """An alert's year of windows and the one it is about: period_start, period, n, and on the
    last row expected, low and high; nulls where the alert is of some of its days alone."""
    last = calendar().window_start(row["window_since"])
    starts = [last - calendar().window * back for back in range(len(row["spark"]))][::-1]
    whole = row["window_until"] - row["window_since"] == calendar().window
    band = {name: float(row[name]) if whole else None for name in ("expected", "low", "high")}
    rows = [
        {
            "period_start": start,
            "period": Period(start, start + calendar().window).words,
            "n": value,
            "now": start == last,
            **(band if start == last else {}),
            FIGURE_OF: identity.spelt(
                request,
                request.measures[row["measure"]],
                start,
                start + calendar().window,
                row["unit_code"],
                row["borough"],
            ),
        }
        for start, value in zip(starts, row["spark"], strict=True)
    ]
    return request.disclose(
        pa.Table.from_pylist(rows, HISTORY),
        title=row["sentence"],
        subtitle=f"each {window_word()}; {alert_words.window(row)}: "
        f"expected {numbers.number(row['expected'], 1)}, "
        f"95 % band {numbers.span(row['low'], row['high'])}",
        notes=tuple(Note(words, EXPLAINED) for words in remarks.known(request).of_alerts([row])),
        query="meeting_series",
        measure=row["measure"],
        unit=row["unit_code"],
        borough=row["borough_name"],
    )
