"""What is coming: the next window's count of each priority, with its band.

The forecast is the alert list's own for a whole count: its level as it moves, its own errors; from
a year its drift, from two its season. Where past bands held too little they are widened by what the
backtest found.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, TypedDict

import numpy as np

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import Period, calendar, day_words
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.alerts.widths import Width, width_of, widths
from dashboard.reports.measure import identity
from dashboard.reports.measure.breaks import broken
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned
from dashboard.signals.expectations import whole_count
from dashboard.signals.windows import longest_history
from dashboard.stats import alerts as rules
from dashboard.words import numbers
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word

WIDE, NARROW = 0.95, 0.80
BRIEF = (
    "priority",
    "name",
    "window",
    "last",
    "expected",
    "low80",
    "high80",
)  # where there is little room
NOTHING = "No count is known by day up to the meeting: nothing can be forecast"
LAST: Final = "last_figure_of"  # of the window before the one that is expected


class Coming(TypedDict):
    """A count measure of a priority: its last window, and the next with its bands.

    season   what the time of year multiplies the forecast by
    widened  what the dispersion was multiplied by, so that past bands held as often as they say
    """

    priority: str  # '' where none is in force
    measure: str
    name: str
    unit_code: str
    window: str
    last: int
    expected: float
    low80: int
    high80: int
    low95: int
    high95: int
    season: Annotated[float | None, "null: too little is known"]
    widened: float
    sentence: str
    figure_of: str
    last_figure_of: str


class Counted(TypedDict):
    """A row of the query force_windows."""

    measure: str
    period_start: date
    numerator: float


@kept(32)
def coming(request: Request) -> Disclosed:
    """One row a count measure of each priority in force, in the order of the plan.

    Where no priority is in force, all measures that the alert list tests, under no heading.
    """
    ahead, wider = foretold(request), widths(request)
    seasonal = sum(row["season"] is not None for row in ahead)
    return request.disclose(
        rows.table(Coming, ahead),
        title=title_of(request, ahead),
        subtitle=f"from each count's own level, as at {day_words(request.as_at)}; "
        f"{seasonal} of {len(ahead)} with a season",
        notes=_notes(ahead, wider),
        query="force_windows",
        params=_span(request),
        reckoned=tuple(_reckoned(row) for row in ahead),
        columns=BRIEF,
    )


@reckoned(Coming)
def foretold(request: Request) -> list[Coming]:
    held, wider = _totals(request), widths(request)
    return [
        _row(request, priority, name, held[name], width_of(wider, name))
        for priority, names in _priorities(request)
        for name in names
        if name in held and is_known(request, name, held[name])
    ]


def _notes(ahead: list[Coming], wider: dict[str, Width]) -> tuple[str, ...]:
    """What the bands stand on: how often those of the past held, all together and where widened."""
    said = ["Measures overlap: their counts are never added."] if len(ahead) > 1 else []
    if ahead and "" in wider:
        said.append(f"All together, {wider[''].words}.")
    for name, words in dict((row["measure"], row["name"]) for row in ahead).items():
        if name in wider and wider[name].factor != 1:
            said.append(f"{words}: {wider[name].words}.")
    return tuple(said)


def title_of(request: Request, ahead: list[Coming]) -> str:
    """Names the window that is forecast; where the figures lag it may be over by now."""
    if not ahead:
        return NOTHING
    windows = {row["window"] for row in ahead}
    if len(windows) > 1:
        return f"What the {window_word()} after each measure's last figures should bring"
    after = alert_rows(request).read.window[ahead[0]["measure"]].until + calendar().window
    over = "" if after > request.as_at else "; it is over, its figures are not here yet"
    return f"What the {window_word()} {windows.pop()} should bring{over}"


def is_known(request: Request, name: str, counts: np.ndarray) -> bool:
    """Whether the latest fortnight is known, and enough before it to tell what is usual."""
    before = history(request, name, counts)[-calendar().windows_a_year :]
    return not np.isnan(counts[-1]) and int((~np.isnan(before)).sum()) >= rules.MIN_WINDOWS


def history(request: Request, name: str, counts: np.ndarray) -> np.ndarray:
    """All fortnights known; NaN before a break, as in the alert list."""
    window, before = alert_rows(request).read.window[name], counts.copy()
    for on in broken(request, name, request.measures[name].owner, None):
        if on < window.until:  # the fortnight that holds the break counts two things, too
            before[: max(len(before) - (window.until - on) // calendar().window, 0)] = np.nan
    return before


def _priorities(request: Request) -> list[tuple[str, list[str]]]:
    """Priority in words and its tested measures; one without words where none is in force."""
    tested = [item.id for item in request.measures.values() if item.alert]
    force = request.catalogue.in_force(request.as_at)
    if not force:
        return [("", tested)]
    return [(item.name, [name for name in tested if name in item.measures]) for item in force]


def _span(request: Request) -> dict[str, date]:
    """The days that the windows of all measures, and those before them, are read from."""
    windows = alert_rows(request).read.window.values()
    if not windows:
        return {}
    since = min(item.since for item in windows) - calendar().window * longest_history()
    return {"since": since, "until": max(item.until for item in windows)}


def _reckoned(row: Coming) -> str:
    """What one forecast came out of, in a sentence."""
    season = "" if row["season"] is None else f", its season × {row['season']:.2f}"
    wider = "" if row["widened"] == 1 else f", its spread × {row['widened']:.1f}"
    return (
        f"{row['name']}: {row['last']:,} in the last {window_word()}; its own level lets expect "
        f"{numbers.number(row['expected'], 1)}{season}{wider}"
    )


def _totals(request: Request) -> dict[str, np.ndarray]:
    """Counts of all of the force by window up to each measure's latest window, latest last."""
    windows = alert_rows(request).read.window
    if not windows:
        return {}
    length, span = longest_history(), _span(request)
    starts: dict[str, dict[date, float]] = {}
    for row in rows.typed(Counted, request.run("force_windows", **span)):
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


def _row(
    request: Request, priority: str, name: str, counts: np.ndarray, width: Width | None
) -> Coming:
    measure, window = request.measures[name], alert_rows(request).read.window[name]
    wider = width.factor if width else 1.0
    ahead = whole_count(history(request, name, counts), calendar().windows_a_year)
    mean, variance = ahead.mean, ahead.variance * wider
    factor = None if ahead.season[0] == 1 else float(ahead.season[0])
    low80, high80 = (int(edge[0]) for edge in rules.band(mean, variance, NARROW))
    low95, high95 = (int(edge[0]) for edge in rules.band(mean, variance, WIDE))
    coming = Period(window.until, window.until + calendar().window)
    row: Coming = {
        "sentence": "",
        FIGURE_OF: identity.spelt(request, measure, coming.since, coming.until, ours().force),
        LAST: identity.spelt(request, measure, window.since, window.until, ours().force),
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
    return {**row, "sentence": _sentence(row)}


def _sentence(row: Coming) -> str:
    seasoned = "" if row["season"] is None else f", the season counting {row['season']:.2f} times"
    return (
        f"{row['name']}: {_number(row['expected'])} expected in the {window_word()} "
        f"{row['window']} ({numbers.span(row['low80'], row['high80'])} in four of five), "
        f"{numbers.number(row['last'])} in the "
        f"one before{seasoned}."
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
