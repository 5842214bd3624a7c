"""Every window of a snapshot forecast from the windows before it, and the next one.

The alert list's own arithmetic, again: with this snapshot's figures cut at the window's first
day, counts that were entered or corrected later are in them already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from dashboard.periods import calendar
from dashboard.signals import alerts
from dashboard.signals.expectations import Expectations, of_many
from dashboard.signals.panels import Panel
from dashboard.signals.table import SeriesTable
from dashboard.signals.windows import (
    Ground,
    Series,
    break_days,
    longest_history,
    series_table,
    windows_usable,
)
from dashboard.stats import alerts as rules


@dataclass(frozen=True)
class Forecast:
    """The series of one window: one entry a series in each array.

    start           first day of the window
    now             what came; NaN where it is not known yet
    mean, variance  what the windows before it let expect
    tested          long enough, and at least one expected
    tier            'alert', 'watch' or '' that its meeting would have given it; '' where nothing
                    came yet
    """

    start: date
    series: tuple[Series, ...]
    now: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    tested: np.ndarray
    tier: np.ndarray


@dataclass(frozen=True)
class _Asked:
    start: date
    series: tuple[Series, ...]
    now: np.ndarray
    table: SeriesTable


def forecasts(panel: Panel, ground: Ground) -> list[Forecast]:
    """All windows of the panel but the first, oldest first."""
    breaks = _breaks(panel, ground)
    return _answered(
        [
            _asked(panel, breaks, panel.starts[at], panel.counts[:, :at], panel.counts[:, at])
            for at in range(1, len(panel.starts))
        ]
    )


def next_forecast(panel: Panel, ground: Ground) -> list[Forecast]:
    """The window after the panel's last, of the series that are known up to it; none where the
    panel is empty."""
    if not panel.starts:
        return []
    start = panel.starts[-1] + calendar().window
    breaks = _breaks(panel, ground)
    asked = _asked(panel, breaks, start, panel.counts, panel.counts[:, -1])
    none = np.full(len(asked.series), np.nan), np.full(len(asked.series), "")
    return [replace(item, now=none[0], tier=none[1]) for item in _answered([asked])]


def _breaks(panel: Panel, ground: Ground) -> list[tuple[date, ...]]:
    """Of each series, looked up once."""
    return [break_days(ground, item) for item in panel.series]


def _asked(
    panel: Panel, breaks: list[tuple[date, ...]], start: date, before: np.ndarray, now: np.ndarray
) -> _Asked:
    """The series with a count, and their windows by the alert list's rules on breaks."""
    here = ~np.isnan(now)
    kept = [at for at, keep in enumerate(here) if keep]
    longest = longest_history()
    history = np.full((len(kept), longest), np.nan)
    if width := min(longest, before.shape[1]):
        history[:, longest - width :] = before[here, before.shape[1] - width :]
    # Many series, few breaks: each is placed once a window.
    usable = {days: windows_usable(days, start) for days in set(breaks)}
    known = np.array([usable[breaks[at]] for at in kept], dtype=int)
    history[np.arange(longest, 0, -1)[None, :] > known[:, None]] = np.nan
    series = tuple(panel.series[at] for at in kept)
    return _Asked(start, series, now[here], series_table(series, history))


def _answered(asked: list[_Asked]) -> list[Forecast]:
    if not asked:
        return []
    known = of_many([one.table for one in asked])
    return [_forecast(item, of) for item, of in zip(asked, known, strict=True)]


def _forecast(asked: _Asked, of: Expectations) -> Forecast:
    family = asked.table.family
    p = np.where(of.tested, rules.tail(asked.now, of.mean, of.variance), 1.0)
    q = alerts.lists(of.mean, of.variance, of.tested, family).adjusted(p)
    tier = alerts.tiers(asked.now, p, q, of.tested, family)
    return Forecast(asked.start, asked.series, asked.now, of.mean, of.variance, of.tested, tier)
