"""How the figures of an alert's row came out of the series that were tested: said under Why?"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert, Standing
from dashboard.reports.alerts.rows_of_list import AlertRows
from dashboard.reports.request import Request
from dashboard.words import numbers, phrases, status
from dashboard.words.names import areas_word, window_word


def reckoned(request: Request, here: AlertRows, listed: Iterable[Alert]) -> tuple[str, ...]:
    """Sentences on the rows shown: what was counted, what the past of each of its areas let
    expect, by which rule it stands there; first how many series were read and tested.
    """
    every = list(listed)
    if not every:
        return ()
    read, tested = len(here.read.series), sum(here.counts.values())
    first = f"{read:,} series read, {tested:,} tested; {len(every):,} of them stand here"
    return (first, *(_of_row(request, here, row) for row in every))


def _of_row(request: Request, here: AlertRows, row: Standing) -> str:
    """'Commercial robbery in Ashby and Wick: 29 in the fortnight …, 11.2 expected (4–21, 95 of
    100): Ashby 4.1, Wick 7.1; beyond expectation, among all series (p 0.00012, adjusted 0.004)'."""
    parts = _by_area(request, here, row)
    whole = parts and not alert_words.is_whole_window(row)
    of = f" over the whole {window_word()}" if whole else ""
    said = f": expected{of} {', '.join(parts)}" if len(parts) > 1 else ""
    joined = f"; {len(parts)} {areas_word()} that touch are one problem" if len(parts) > 1 else ""
    rule = phrases.inside(status.ALERT_RULES[row["rule"]])
    return (
        f"{alert_words.figures(row)}, the band of 95 in 100{said}{joined}; {rule}: "
        f"p {row['p']:.2g}, adjusted for all tested {row['q']:.2g}"
    )


def _by_area(request: Request, here: AlertRows, row: Standing) -> list[str]:
    """What was expected in each area of a row, in the row's order; none of a row of all areas."""
    expected = {
        item.borough: float(here.table.expected[index])
        for index, item in enumerate(here.read.series)
        if item.family == "borough" and item.measure == row["measure"]
    }
    return [
        f"{request.catalogue.areas[code].name} {numbers.number(expected[code], 2)}"
        for code in row["boroughs"]
        if code in expected
    ]
