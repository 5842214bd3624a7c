"""The series that a meeting looks at: one row a series, one column a window."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np
import polars as pl
import pyarrow as pa

from dashboard.catalogue import Catalogue
from dashboard.periods import Period, calendar, last_whole_fortnight
from dashboard.signals.table import SeriesTable

YEARS = 5  # that season and drift are taken from
# The window of the meeting, or the one before it; older figures raise no alert.
MOST_BEHIND = 1
KEYS = ("measure", "family", "unit_code", "borough")
Days = Mapping[str, tuple[date, date]]  # measure → first and last day (exclusive) that is known
# The measures of the alert list in the plan's order, with the published offences that each counts.
Listed = Mapping[str, Collection[str]]


class Known(TypedDict):
    """A span by which a measure is known."""

    measure: str
    grain: str
    since: date
    until: date  # exclusive


@dataclass(frozen=True)
class Ground:
    """What the signals of a snapshot stand on beside its counts."""

    as_at: date
    catalogue: Catalogue
    listed: Listed
    known: Days


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
    window    the window of each measure; behind: whole windows it lags the meeting
    """

    series: list[Series]
    now: np.ndarray
    history: np.ndarray
    window: dict[str, Period]
    behind: dict[str, int]

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


def days_known(coverage: Iterable[Known], listed: Listed) -> Days:
    """The days by which the measures of the alert list are known, by day or by week."""
    known: dict[str, tuple[date, date]] = {}
    for row in coverage:
        if row["measure"] in listed and row["grain"] in ("day", "week"):
            since, until = known.get(row["measure"], (date.max, date.min))
            known[row["measure"]] = min(since, row["since"]), max(until, row["until"])
    return {name: known[name] for name in listed if name in known}


def behind(known: Days, as_at: date) -> dict[str, int]:
    """Whole windows by which each measure's figures lag the meeting of the as-at."""
    meeting = last_whole_fortnight(as_at)
    return {
        name: (meeting.until - _last(until, as_at).until) // calendar().window
        for name, (_, until) in known.items()
    }


def windows_tested(known: Days, as_at: date) -> dict[str, Period]:
    """The window of each measure that is fresh enough to raise an alert."""
    lag = behind(known, as_at)
    return {
        name: _last(until, as_at) for name, (_, until) in known.items() if lag[name] <= MOST_BEHIND
    }


def _last(until: date, as_at: date) -> Period:
    return last_whole_fortnight(min(until, as_at))


def windows(rows: pa.Table, ground: Ground) -> Windows:
    """The windows of every measure that the alert list tests.

    rows   KEYS, period_start and numerator, one row a series and window
    """
    window = windows_tested(ground.known, ground.as_at)
    lag = behind(ground.known, ground.as_at)
    starts = pl.DataFrame(
        {
            "measure": list(window),
            "window_start": [item.since for item in window.values()],
            "covered_since": [ground.known[name][0] for name in window],
        },
        schema={"measure": pl.String, "window_start": pl.Date, "covered_since": pl.Date},
    )
    # How many windows before the tested one; 0 is that itself.
    days, longest = calendar().window.days, longest_history()
    ago = ((pl.col("window_start") - pl.col("period_start")).dt.total_days() // days).alias("ago")
    placed = (
        frame_of(rows)
        .join(starts, on="measure")
        .filter(pl.col("period_start") >= pl.col("covered_since"))
        .with_columns(ago)
        .filter(pl.col("ago").is_between(0, longest))
    )
    keys = placed.select(KEYS).unique().sort(KEYS, nulls_last=True)
    placed = placed.join(keys.with_row_index("row"), on=KEYS, nulls_equal=True)
    values = np.full((keys.height, longest + 1), np.nan)
    values[placed["row"].to_numpy(), longest - placed["ago"].to_numpy()] = placed[
        "numerator"
    ].to_numpy()
    series = [Series(*key) for key in keys.iter_rows()]
    for index, item in enumerate(series):
        usable = windows_usable(break_days(ground, item), window[item.measure].since)
        values[index, : longest - usable] = np.nan
    tested = ~np.isnan(values[:, longest]) if len(series) else np.zeros(0, dtype=bool)
    kept = [item for item, keep in zip(series, tested, strict=True) if keep]
    return Windows(
        kept,
        values[tested, longest],
        values[tested, :longest],
        window,
        {name: lag[name] for name in window},
    )


def frame_of(rows: pa.Table) -> pl.DataFrame:
    """Rows with the borough as text, also where none has one."""
    return pl.DataFrame(rows).with_columns(pl.col("borough").cast(pl.String))


def break_days(ground: Ground, item: Series) -> tuple[date, ...]:
    """Days on which a series changes its meaning: those of its measure, unit and area."""
    offences = ground.listed[item.measure]
    return ground.catalogue.broken(item.measure, offences, item.unit_code, item.borough)


def windows_usable(breaks: Sequence[date], since: date) -> int:
    """How many windows before the one that begins on `since` lie wholly after the last break
    before its end. What comes before is no baseline for what came after."""
    days = [on for on in breaks if on < since + calendar().window]
    usable = longest_history() if not days else (since - max(days)) // calendar().window
    return min(max(0, usable), longest_history())
