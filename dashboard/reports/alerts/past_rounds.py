"""Past fortnights forecast with only what was known then: the alert list's own arithmetic, again.

Figures are those of the snapshot of that day where the data folder has one; else today's,
cut at the day: then counts that were entered or corrected later are in them already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.periods import Period, calendar
from dashboard.reports import meetings
from dashboard.reports.alerts.baselines import Series, longest_history, series_table
from dashboard.reports.alerts.past_panels import Panel, panel_of
from dashboard.reports.kept import kept
from dashboard.reports.measure.breaks import broken
from dashboard.reports.request import Request
from dashboard.signals.expectations import of_many
from dashboard.signals.table import SeriesTable
from dashboard.snapshots import SnapshotInfo

AFTER = 3  # fortnights after a meeting by which its alerts are judged


@dataclass(frozen=True)
class Round:
    """The tested series of one fortnight: one entry a series in each array.

    known  as-at of the snapshot that said the figures then; None: today's figures, cut
    later  series × the three fortnights that followed, as known today; NaN where they are not
    """

    window: Period
    known: date | None
    series: tuple[Series, ...]
    now: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
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
    latest = panel_of(request, "backtest_fortnights")
    then = {
        other.fortnight.until: (other, panel_of(other, "meeting_series"))
        for other in meetings.earlier(request, listed)
    }
    marks = _Breaks(request)
    forecasts: list[_Asked] = []
    seen: list[_Asked] = []
    for at in range(1, len(latest.starts)):
        window = Period(latest.starts[at], latest.starts[at] + calendar().window)
        series, before, now = latest.series, latest.counts[:, :at], latest.counts[:, at]
        cut = _asked(marks, window, None, series, before, now)
        said = then.get(window.since)
        forecasts.append(_forecast(marks, window, said, latest, at) if said else cut)
        met = then.get(window.until)
        seen.append(_meeting(marks, window, met) if met else cut)
    # Most fortnights are the same question twice: it is asked once.
    once = {id(item): item for item in (*forecasts, *seen) if item.kept}
    answered = dict(zip(once, _answered(list(once.values()), latest), strict=True))

    def known(asked: list[_Asked]) -> tuple[Round, ...]:
        found = [answered[id(item)] for item in asked if id(item) in answered]
        return tuple(one for one in found if one.series)

    return Rounds(known(forecasts), known(seen))


@dataclass(frozen=True)
class _Asked:
    """The series of a fortnight, with what was known before it."""

    window: Period
    known: date | None
    kept: tuple[Series, ...]
    now: np.ndarray
    table: SeriesTable


def _answered(asked: list[_Asked], latest: Panel) -> list[Round]:
    """The fortnights with the forecasts of the series fit to be tested."""
    if not asked:
        return []
    rounds = []
    for item, found in zip(asked, of_many([one.table for one in asked]), strict=True):
        kept = found.tested
        chosen = tuple(one for one, keep in zip(item.kept, kept, strict=True) if keep)
        rounds.append(
            Round(
                item.window,
                item.known,
                chosen,
                item.now[kept],
                found.mean[kept],
                found.variance[kept],
                _later(latest, chosen, item.window),
            )
        )
    return rounds


def _later(latest: Panel, series: tuple[Series, ...], window: Period) -> np.ndarray:
    """The counts of the fortnights after a window, as known today."""
    at = latest.starts.index(window.since) + 1
    counts = np.pad(latest.counts, ((0, 1), (0, AFTER)), constant_values=np.nan)
    row = {item: place for place, item in enumerate(latest.series)}
    return counts[[row.get(item, len(latest.series)) for item in series], at : at + AFTER]


def _forecast(
    marks: _Breaks, window: Period, said: tuple[Request, Panel], latest: Panel, at: int
) -> _Asked:
    """What a snapshot of the day before the fortnight foretold, against what is known today."""
    other, panel = said
    today = dict(zip(latest.series, latest.counts[:, at], strict=True))
    now = np.array([today.get(item, np.nan) for item in panel.series])
    before = panel.counts[:, [start < window.since for start in panel.starts]]
    return _asked(marks, window, other.as_at, panel.series, before, now)


def _meeting(marks: _Breaks, window: Period, met: tuple[Request, Panel]) -> _Asked:
    """A fortnight as the snapshot of its own meeting had it."""
    other, panel = met
    before = panel.counts[:, [start < window.since for start in panel.starts]]
    if window.since in panel.starts:
        now = panel.counts[:, panel.starts.index(window.since)]
    else:
        now = np.full(len(panel.series), np.nan)
    return _asked(marks, window, other.as_at, panel.series, before, now)


def _asked(
    marks: _Breaks,
    window: Period,
    known: date | None,
    series: tuple[Series, ...],
    before: np.ndarray,
    now: np.ndarray,
) -> _Asked:
    """The series with a count, and their windows by the alert list's rules on breaks."""
    here = ~np.isnan(now)
    kept = tuple(item for item, keep in zip(series, here, strict=True) if keep)
    longest = longest_history()
    history = np.full((len(kept), longest), np.nan)
    width = min(longest, before.shape[1])
    if width:
        history[:, longest - width :] = before[here, before.shape[1] - width :]
    usable = np.array([marks.usable(item, window) for item in kept], dtype=int)
    age = np.arange(longest, 0, -1)
    history[age[None, :] > usable[:, None]] = np.nan
    return _Asked(window, known, kept, now[here], series_table(kept, history))


class _Breaks:
    """The breaks of each series, looked up once."""

    def __init__(self, request: Request):
        self._request, self._days = request, dict[Series, tuple[date, ...]]()

    def usable(self, item: Series, window: Period) -> int:
        """How many fortnights before the window lie wholly after the series' last break."""
        if item not in self._days:
            key = (item.measure, item.unit_code, item.borough)
            self._days[item] = broken(self._request, *key)
        days = [on for on in self._days[item] if on < window.until]
        if not days:
            return longest_history()
        return max(0, (window.since - max(days)) // calendar().window)
