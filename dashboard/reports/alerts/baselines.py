"""The series that a meeting looks at: one row a series, one column a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from dashboard.catalogue import Break_
from dashboard.periods import Period, calendar, day_words, last_whole_fortnight
from dashboard.reports.request import Request
from dashboard.signals.table import SeriesTable
from dashboard.words.names import window_word, windows_word

YEARS = 5  # that season and drift are taken from
# The window of the meeting, or the one before it; older figures raise no alert.
MOST_BEHIND = 1


@dataclass(frozen=True)
class Series:
    """One series' identity: measure × unit × borough at the level of its family."""

    measure: str
    family: str
    unit_code: str
    borough: str | None


@dataclass(frozen=True)
class Windows:
    """All series of a meeting that are fit to be tested.

    now       count of the latest window, one a series
    history   series × five years of windows before it, oldest first; NaN where not covered
    window    the window of each measure; behind: whole fortnights it lags the meeting
    """

    series: list[Series]
    now: np.ndarray
    history: np.ndarray
    window: dict[str, Period]
    behind: dict[str, int]
    late: tuple[str, ...]
    fit: tuple[str, ...]

    @property
    def baseline(self) -> np.ndarray:
        """Those of the last year."""
        return self.history[:, -calendar().windows_a_year :]

    @property
    def table(self) -> SeriesTable:
        """What the signals are made from."""
        return series_table(self.series, self.history)


def series_table(series: Sequence[Series], history: np.ndarray) -> SeriesTable:
    """The series and their windows as the signals take them."""
    return SeriesTable(
        measure=np.array([item.measure for item in series], dtype=str),
        family=np.array([item.family for item in series], dtype=str),
        place=np.array([item.borough or "" for item in series], dtype=str),
        history=history,
        year=calendar().windows_a_year,
    )


def longest_history() -> int:
    """Windows that a series' past goes back at most."""
    return YEARS * calendar().windows_a_year


def windows(request: Request) -> Windows:
    """Reads the windows of every measure that the alert list tests."""
    window, behind, late, fit, since = _freshness(request)
    frame = pl.DataFrame(request.run("meeting_series")).with_columns(
        pl.col("borough").cast(pl.String)
    )
    series, now, history = _matrix(request, frame, window, since)
    return Windows(series, now, history, window, behind, late, fit)


def _freshness(
    request: Request,
) -> tuple[dict[str, Period], dict[str, int], tuple[str, ...], tuple[str, ...], dict[str, date]]:
    """The window of each tested measure, and sentences on those that lag."""
    meeting = request.fortnight
    window: dict[str, Period] = {}
    behind: dict[str, int] = {}
    since: dict[str, date] = {}
    late, fit = [], []
    for measure in request.measures.values():
        spans = [
            row
            for row in request.coverage_rows
            if row["measure"] == measure.id and row["grain"] in ("day", "week")
        ]
        if not measure.alert or not spans:
            continue
        until = max(row["until"] for row in spans)
        last = last_whole_fortnight(min(until, request.as_at))
        lag = (meeting.until - last.until) // calendar().window
        ends = day_words(until - timedelta(days=1))
        if lag > MOST_BEHIND:
            fit.append(
                f"{measure.name}: the figures by day end on {ends}, {lag} {windows_word()} behind "
                "the meeting: no alert is drawn from them."
            )
            continue
        if lag:
            late.append(
                f"{measure.name} is a {window_word()} behind: its figures end on {ends}, so the "
                f"{window_word()} {last.words} is used."
            )
        window[measure.id], behind[measure.id] = last, lag
        since[measure.id] = min(row["since"] for row in spans)
    return window, behind, tuple(late), tuple(fit), since


def _matrix(
    request: Request, frame: pl.DataFrame, window: dict[str, Period], since: dict[str, date]
) -> tuple[list[Series], np.ndarray, np.ndarray]:
    starts = pl.DataFrame(
        {
            "measure": list(window),
            "window_start": [item.since for item in window.values()],
            "covered_since": [since[name] for name in window],
        },
        schema={"measure": pl.String, "window_start": pl.Date, "covered_since": pl.Date},
    )
    # How many windows before the tested one; 0 is that itself.
    days, longest = calendar().window.days, longest_history()
    ago = ((pl.col("window_start") - pl.col("period_start")).dt.total_days() // days).alias("ago")
    placed = (
        frame.join(starts, on="measure")
        .filter(pl.col("period_start") >= pl.col("covered_since"))
        .with_columns(ago)
        .filter(pl.col("ago").is_between(0, longest))
    )
    keys = (
        placed.select("measure", "family", "unit_code", "borough")
        .unique()
        .sort("measure", "family", "unit_code", "borough", nulls_last=True)
    )
    placed = placed.join(
        keys.with_row_index("row"),
        on=["measure", "family", "unit_code", "borough"],
        nulls_equal=True,
    )
    values = np.full((keys.height, longest + 1), np.nan)
    values[placed["row"].to_numpy(), longest - placed["ago"].to_numpy()] = placed[
        "numerator"
    ].to_numpy()
    series = [Series(m, f, u, b) for m, f, u, b in keys.iter_rows()]
    breaks = {name: _breaks(request, name, window[name]) for name in window}
    for index, item in enumerate(series):
        if first := _first_whole(item, breaks[item.measure], window[item.measure]):
            values[index, :first] = np.nan
    tested = ~np.isnan(values[:, longest]) if len(series) else np.zeros(0, dtype=bool)
    kept = [item for item, keep in zip(series, tested, strict=True) if keep]
    return kept, values[tested, longest], values[tested, :longest]


def _breaks(request: Request, measure: str, window: Period) -> list[Break_]:
    """The breaks of a measure that its window lies behind or across."""
    published = request.measures[measure].published
    found = request.catalogue.breaks_of(measure, published)
    oldest = window.since - longest_history() * calendar().window
    return [item for item in found if oldest < item.on < window.until]


def _first_whole(item: Series, breaks: list[Break_], window: Period) -> int:
    """First of the windows that lies whole behind every break of the series.

    What comes before is no baseline for what came after.
    """
    after = [
        max((window.since - found.on) // calendar().window, 0)
        for found in breaks
        if found.area in ("", item.borough) and found.unit in ("", item.unit_code)
    ]
    return longest_history() - min(after, default=longest_history())
