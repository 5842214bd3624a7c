"""Which measures of the alert list lag the meeting, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dashboard import queries
from dashboard.periods import Period, day_words
from dashboard.reports.request import Request
from dashboard.signals.windows import (
    MOST_BEHIND,
    Days,
    behind,
    days_known,
    windows_tested,
)
from dashboard.words.names import window_word, windows_word


@dataclass(frozen=True)
class Freshness:
    """late: of figures that lag by a window and are used; fit: of those that lag by more."""

    late: tuple[str, ...]
    fit: tuple[str, ...]


def known(request: Request) -> Days:
    """The days by which the measures of the alert list are known."""
    return days_known(request.coverage_rows, queries.alerted())


def windows(request: Request) -> dict[str, Period]:
    """The window of each measure that the list looks at: its last whole one, at most one behind."""
    return windows_tested(known(request), request.as_at)


def freshness(request: Request) -> Freshness:
    """A sentence for each measure whose figures lag the meeting."""
    days, tested = known(request), windows(request)
    lags = behind(days, request.as_at)
    late, fit = [], []
    for measure, lag in lags.items():
        name, ends = request.measures[measure].name, day_words(days[measure][1] - timedelta(days=1))
        if lag > MOST_BEHIND:
            fit.append(
                f"{name}: the figures by day end on {ends}, {lag} {windows_word()} behind "
                "the meeting: no alert is drawn from them."
            )
        elif lag:
            late.append(
                f"{name} is a {window_word()} behind: its figures end on {ends}, so the "
                f"{window_word()} {tested[measure].words} is used."
            )
    return Freshness(tuple(late), tuple(fit))
