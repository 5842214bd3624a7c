"""What is coming: the next window's count of each priority, with its band.

The forecast is the alert list's own: the last year of windows, spread pooled over the crime type.
Where three years are known the season is laid over it. Where past bands held too little they
are widened by what the backtest found.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import Priority
from dashboard.periods import Period, calendar, day_words
from dashboard.reports.alerts.rows_of_list import found
from dashboard.reports.alerts.widths import Width, width_of, widths
from dashboard.reports.measure.breaks import broken
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.words.names import window_word, windows_word

SEASON_YEARS = 3  # years of the same weeks that a season is taken from
SEASON_LEAST = 100  # counts in these weeks below which a season would be noise
AROUND = 1  # windows either side of the same time of an earlier year
WIDE, NARROW = 0.95, 0.80
NOTHING = "No count is known by day up to the meeting: nothing can be forecast"
COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("priority", "measure", "name", "unit_code")),
        ("window", pa.string()),
        ("last", pa.int64()),
        ("expected", pa.float64()),
        *((name, pa.int64()) for name in ("low80", "high80", "low95", "high95")),
        ("season", pa.float64()),
        ("widened", pa.float64()),
        ("sentence", pa.string()),
    ]
)


@lru_cache(maxsize=32)
def coming(request: Request) -> Disclosed:
    """One row a count measure of each priority in force, in the order of the plan.

    Where no priority is in force, all measures that the alert list tests, under no heading.
    season   what the time of year multiplies the forecast by; null where too little is known
    widened  what the dispersion was multiplied by, so that past bands held as often as they say
    """
    held, wider = _totals(request), widths(request)
    rows = []
    for priority, names in _priorities(request):
        rows += [
            _row(request, priority, name, held[name], width_of(wider, name))
            for name in names
            if name in held and _known(request, name, held[name])
        ]
    seasonal = sum(row["season"] is not None for row in rows)
    return request.disclose(
        pa.Table.from_pylist(rows, COLUMNS),
        title=_title(request, rows),
        subtitle=f"from the last {calendar().windows_a_year} {windows_word()}, "
        f"as at {day_words(request.as_at)}; {seasonal} of {len(rows)} with the season of three "
        "years",
        notes=_notes(rows, wider),
        query="all_series",
        params={"level": "force", "grain": calendar().grain},
    )


def _notes(rows: list[dict[str, Any]], wider: dict[str, Width]) -> tuple[str, ...]:
    """What the bands stand on: how often those of the past held, all together and where widened."""
    said = ["Measures overlap: their counts are never added."] if len(rows) > 1 else []
    if rows and "" in wider:
        said.append(f"All together, {wider[''].words}.")
    for name, words in dict((row["measure"], row["name"]) for row in rows).items():
        if name in wider and wider[name].factor != 1:
            said.append(f"{words}: {wider[name].words}.")
    return tuple(said)


def _title(request: Request, rows: list[dict[str, Any]]) -> str:
    """Names the window that is forecast; where the figures lag it may be over by now."""
    if not rows:
        return NOTHING
    windows = {row["window"] for row in rows}
    if len(windows) > 1:
        return f"What the {window_word()} after each measure's last figures should bring"
    after = found(request).read.window[rows[0]["measure"]].until + calendar().window
    over = "" if after > request.as_at else "; it is over, its figures are not here yet"
    return f"What the {window_word()} {windows.pop()} should bring{over}"


def _known(request: Request, name: str, counts: np.ndarray) -> bool:
    """Whether the latest window is known, and enough before it to tell what is usual."""
    before = _baseline(request, name, counts)
    return not np.isnan(counts[-1]) and int((~np.isnan(before)).sum()) >= rules.MIN_WINDOWS


def _baseline(request: Request, name: str, counts: np.ndarray) -> np.ndarray:
    """The last year of windows; NaN before a break, as in the alert list."""
    window, year = found(request).read.window[name], calendar().windows_a_year
    before = counts[-year:].copy()
    for on in broken(request, name, request.measures[name].owner, None):
        if on < window.until:  # the window that holds the break counts two things, too
            before[: max(year - (window.until - on) // calendar().window, 0)] = np.nan
    return before


def _priorities(request: Request) -> list[tuple[str, list[str]]]:
    """Priority in words and its tested measures; one without words where none is in force."""
    tested = [item.id for item in request.measures.values() if item.alert]
    force: list[Priority] = [
        item
        for item in request.catalogue.priorities
        if item.since <= request.as_at and (item.until is None or request.as_at < item.until)
    ]
    if not force:
        return [("", tested)]
    return [(item.name, [name for name in tested if name in item.measures]) for item in force]


def _totals(request: Request) -> dict[str, np.ndarray]:
    """Counts of all of the force by window up to each measure's latest window, latest last."""
    windows = found(request).read.window
    if not windows:
        return {}
    length = (SEASON_YEARS + 1) * calendar().windows_a_year + AROUND
    rows = request.run(
        "all_series",
        level="force",
        unit=None,
        borough=None,
        grain=calendar().grain,
        since=min(item.since for item in windows.values()) - length * calendar().window,
        until=max(item.until for item in windows.values()),
    ).to_pylist()
    starts: dict[str, dict[Any, float]] = {}
    for row in rows:
        starts.setdefault(row["measure"], {})[row["period_start"]] = row["numerator"]
    return {
        name: np.array(
            [
                starts.get(name, {}).get(window.since - calendar().window * back, np.nan)
                for back in range(length, -1, -1)
            ]
        )
        for name, window in windows.items()
    }


def season(counts: np.ndarray) -> float | None:
    """What the time of year of the next window multiplies a year's mean by.

    counts  windows, latest last; NaN where unknown
    return  mean over three years of the same weeks against the year about them; None where
            these are not all known, or hold too few counts to tell a season
    """
    shares, events, year = [], 0.0, calendar().windows_a_year
    for back in range(1, SEASON_YEARS + 1):
        # The window to come has index len(counts).
        middle = len(counts) - year * back
        same = counts[middle - AROUND : middle + AROUND + 1]
        about = counts[max(middle - year // 2, 0) : middle + year // 2]
        if middle < AROUND or len(about) < year or np.isnan(same).any() or np.isnan(about).any():
            return None
        if not about.sum():
            return None
        shares.append(same.mean() / about.mean())
        events += same.sum()
    return float(np.mean(shares)) if events >= SEASON_LEAST else None


def _row(
    request: Request, priority: str, name: str, counts: np.ndarray, width: Width | None
) -> dict[str, Any]:
    measure, window = request.measures[name], found(request).read.window[name]
    before = _baseline(request, name, counts)
    known = int((~np.isnan(before)).sum())
    wider = width.factor if width else 1.0
    phi = _phi(request, name)
    factor = season(counts)
    total = float(np.nansum(before)) * (1.0 if factor is None else factor)
    mean, variance = rules.predictive(np.array([total]), np.array([known]), phi)
    variance = variance * wider
    if factor is not None:
        # The season itself is only known from nine windows of earlier years.
        variance = variance + wider * phi * mean / (SEASON_YEARS * (2 * AROUND + 1))
    low80, high80 = (int(edge[0]) for edge in rules.band(mean, variance, NARROW))
    low95, high95 = (int(edge[0]) for edge in rules.band(mean, variance, WIDE))
    coming = Period(window.until, window.until + calendar().window)
    row = {
        "priority": priority,
        "measure": name,
        "name": measure.name,
        "unit_code": measure.owner,
        "window": coming.words,
        "last": int(counts[-1]),
        "expected": float(mean[0]),
        "low80": low80,
        "high80": high80,
        "low95": low95,
        "high95": high95,
        "season": factor,
        "widened": wider,
    }
    return row | {"sentence": _sentence(row)}


def _phi(request: Request, name: str) -> float:
    """Spread of the crime type, pooled over its series as in the alert list."""
    read = found(request).read
    chosen = [index for index, item in enumerate(read.series) if item.measure == name]
    return rules.pooled_dispersion(read.baseline[chosen])


def _sentence(row: dict[str, Any]) -> str:
    seasoned = "" if row["season"] is None else f", the season counting {row['season']:.2f} times"
    return (
        f"{row['name']}: {_number(row['expected'])} expected in the {window_word()} "
        f"{row['window']} ({row['low80']}–{row['high80']} in four of five), {row['last']} in the "
        f"one before{seasoned}."
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
