"""Past fortnights forecast with only what was known then: the alert list's own arithmetic, again.

Figures are those of the snapshot of that day where the data folder has one, as it was published;
else today's, cut at the day: then counts that were entered or corrected later are in them already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from dashboard.periods import Period, calendar
from dashboard.reports import meetings
from dashboard.reports.alerts.rows_of_list import found
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.signals.panels import Panel, of_frame
from dashboard.signals.windows import KEYS, Series, frame_of
from dashboard.snapshots import SnapshotInfo

AFTER = 3  # fortnights after a meeting by which its alerts are judged


@dataclass(frozen=True)
class Round:
    """The tested series of one fortnight: one entry a series in each array.

    known  as-at of the snapshot that said the figures then; None: today's figures, cut
    tier   'alert', 'watch' or '' that the fortnight's list gave; '' in what was foretold
    later  series × the three fortnights that followed, as known today; NaN where they are not
    """

    window: Period
    known: date | None
    series: tuple[Series, ...]
    now: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    tier: np.ndarray
    later: np.ndarray

    @property
    def measure(self) -> np.ndarray:
        return np.array([item.measure for item in self.series], dtype=str)

    @property
    def family(self) -> np.ndarray:
        return np.array([item.family for item in self.series], dtype=str)


@dataclass(frozen=True)
class Rounds:
    """Past fortnights, oldest first, each twice: as forecast, and as its meeting saw it.

    forecasts  from what was known before the fortnight began; `now` is what is known today
    meetings   both as known when the fortnight had ended
    """

    forecasts: tuple[Round, ...]
    meetings: tuple[Round, ...]


@kept(8)
def rounds(request: Request, listed: tuple[SnapshotInfo, ...]) -> Rounds:
    """All fortnights of the snapshot that have half a year before them.

    listed  as request.listed gives it
    """
    then = {other.fortnight.until: other for other in meetings.earlier(request, listed)}
    frame = frame_of(request.run("alert_windows"))
    latest, own = of_frame(frame, "n"), _Rows(frame)
    forecasts: list[Round] = []
    seen: list[Round] = []
    for start in latest.starts:
        window = Period(start, start + calendar().window)
        said, met = then.get(window.since), then.get(window.until)
        cut = own.round_of(latest, window, None)
        forecasts.append(_forecast(latest, window, said) if said else cut)
        seen.append(_meeting(latest, window, met) if met else cut)
    return Rounds(_with_series(forecasts), _with_series(seen))


def _with_series(past: list[Round]) -> tuple[Round, ...]:
    return tuple(one for one in past if one.series)


class _Rows:
    """The tested rows of alert_windows or next_windows, by window."""

    def __init__(self, frame: pl.DataFrame):
        tested = frame.filter(pl.col("tested")).sort("period_start", maintain_order=True)
        self._starts = tested["period_start"].to_numpy()
        self._series = [Series(*key) for key in tested.select(KEYS).iter_rows()]
        self._figures = [tested[name].to_numpy() for name in ("n", "expected", "variance")]
        self._tier = np.array(tested["tier"].to_list(), dtype=str)

    def round_of(self, latest: Panel, window: Period, known: date | None) -> Round:
        since = np.datetime64(window.since)
        first, last = (int(np.searchsorted(self._starts, since, side)) for side in SIDES)
        series = tuple(self._series[first:last])
        now, mean, variance = (of[first:last] for of in self._figures)
        later = _later(latest, series, window)
        return Round(window, known, series, now, mean, variance, self._tier[first:last], later)


SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


def _forecast(latest: Panel, window: Period, said: Request) -> Round:
    """What a snapshot of the day before the fortnight foretold, against what is known today."""
    rows = frame_of(said.run("next_windows"))
    at = latest.starts.index(window.since)
    today = dict(zip(latest.series, latest.counts[:, at], strict=True))
    now = [today.get(Series(*key), np.nan) for key in rows.select(KEYS).iter_rows()]
    rows = rows.with_columns(pl.Series("n", now, pl.Float64)).filter(pl.col("n").is_not_nan())
    return _Rows(rows).round_of(latest, window, said.as_at)


def _meeting(latest: Panel, window: Period, met: Request) -> Round:
    """A fortnight as the snapshot of its own meeting had it."""
    here = found(met)
    at = [
        index
        for index, item in enumerate(here.read.series)
        if here.table.tested[index] and here.read.window[item.measure] == window
    ]
    series = tuple(here.read.series[index] for index in at)
    now, mean, variance = (
        of[at] for of in (here.read.now, here.table.expected, here.table.variance)
    )
    tier, later = here.table.tier[at], _later(latest, series, window)
    return Round(window, met.as_at, series, now, mean, variance, tier, later)


def _later(latest: Panel, series: tuple[Series, ...], window: Period) -> np.ndarray:
    """The counts of the fortnights after a window, as known today."""
    at = latest.starts.index(window.since) + 1
    counts = np.pad(latest.counts, ((0, 1), (0, AFTER)), constant_values=np.nan)
    row = {item: place for place, item in enumerate(latest.series)}
    return counts[[row.get(item, len(latest.series)) for item in series], at : at + AFTER]
