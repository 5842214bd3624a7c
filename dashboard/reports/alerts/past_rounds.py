"""Past fortnights forecast with only what was known then: the alert list's own arithmetic, again.

Figures are those of the snapshot of that day where the data folder has one, as it was published;
else today's, cut at the day: then counts that were entered or corrected later are in them already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from dashboard.periods import Period, calendar
from dashboard.reports.request import Request, meetings
from dashboard.reports.request.kept import kept
from dashboard.signals import alerts as signals
from dashboard.signals.panels import Panel, of_frame
from dashboard.signals.windows import KEYS, Series, frame_of
from dashboard.snapshots import SnapshotInfo, editions

AFTER = 3  # fortnights after a meeting by which its alerts are judged


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def measure(self) -> np.ndarray:
        return np.array([item.measure for item in self.series], dtype=str)

    @cached_property
    def family(self) -> np.ndarray:
        return np.array([item.family for item in self.series], dtype=str)

    @cached_property
    def lists(self) -> signals.Lists:
        """The meeting's lists, whatever its counts came to."""
        tested = np.ones(len(self.series), dtype=bool)
        return signals.lists(self.mean, self.variance, tested, self.family)


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
    then = meetings.earlier(request, listed)
    frame = frame_of(request.run("alert_windows"))
    own = _Rows(frame, _Latest(of_frame(frame, "n")))
    counts = frame.select("period_start", *KEYS, "n")
    foretold = _across(request, then, "foretold_windows").drop("n")
    foretold = foretold.join(counts, on=["period_start", *KEYS], nulls_equal=True)
    begun = {item.fortnight.until: item.as_at for item in then}
    held = {item.fortnight.since: item.as_at for item in then}
    return Rounds(
        own.with_those_of(foretold, begun),
        own.with_those_of(_across(request, then, "met_windows"), held),
    )


def _across(request: Request, then: Sequence[Request], name: str) -> pl.DataFrame:
    """Rows of a query over the snapshots of earlier meetings."""
    infos = tuple(item.snapshot for item in then)[::-1] or (request.snapshot,)
    rows = frame_of(editions.across(infos, name, request.scope))
    return rows if then else rows.clear()


class _Rows:
    """The tested rows of alert_windows, by window.

    latest  all counts, as known today
    """

    def __init__(self, frame: pl.DataFrame, latest: _Latest):
        tested = frame.filter(pl.col("tested")).sort("period_start", maintain_order=True)
        self._latest, self._starts = latest, tested["period_start"].to_numpy()
        self._series = [Series(*key) for key in tested.select(KEYS).iter_rows()]
        self._figures = [tested[name].to_numpy() for name in ("n", "expected", "variance")]
        self._tier = np.array(tested["tier"].to_list(), dtype=str)

    def with_those_of(self, rows: pl.DataFrame, known: Mapping[date, date]) -> tuple[Round, ...]:
        """All fortnights with a tested series, oldest first.

        rows   those of earlier snapshots, with known_as_at
        known  first day of a fortnight → as-at of the snapshot whose rows speak of it
        """
        rounds = []
        for start in self._latest.starts:
            as_at = known.get(start)
            rows_of = self
            if as_at is not None:
                chosen = (pl.col("known_as_at") == as_at) & (pl.col("period_start") == start)
                rows_of = _Rows(rows.filter(chosen), self._latest)
            rounds.append(rows_of.round_of(start, as_at))
        return tuple(one for one in rounds if one.series)

    def round_of(self, start: date, known: date | None) -> Round:
        first, last = (
            int(np.searchsorted(self._starts, np.datetime64(start), side)) for side in SIDES
        )
        series, window = tuple(self._series[first:last]), Period(start, start + calendar().window)
        now, mean, variance = (of[first:last] for of in self._figures)
        later = self._latest.after(series, window)
        return Round(window, known, series, now, mean, variance, self._tier[first:last], later)


SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


class _Latest:
    """All counts as known today: what followed a window."""

    def __init__(self, panel: Panel):
        self.starts = panel.starts
        self._counts = np.pad(panel.counts, ((0, 1), (0, AFTER)), constant_values=np.nan)
        self._row = {item: place for place, item in enumerate(panel.series)}

    def after(self, series: tuple[Series, ...], window: Period) -> np.ndarray:
        """The counts of the windows after it, by series; NaN of one that is not known."""
        at, none = self.starts.index(window.since) + 1, len(self._row)
        return self._counts[[self._row.get(item, none) for item in series], at : at + AFTER]
