"""Rows that wall and page draw as bars: objectives, capacity, what is coming.

One form for all, so that one chart draws them: what there is, where it will lie, what it is held
against, each in its own unit, and the same in words; beside each the report's row that it is of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypedDict, TypeVar

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.tasking.board_rows import Signed
from dashboard.reports.tasking.forecasts import Coming
from dashboard.reports.tasking.pressures import Pressure
from dashboard.words import numbers, status
from dashboard.words.figures import FIGURE_OF

Of = TypeVar("Of")
Measured = TypeVar("Measured", bound=Signed)
MISSED = "bad"  # as a tone
# How a target stands, by tone.
OUTLOOKS = {
    MISSED: "likely to be missed",
    "quiet": "could go either way",
    "good": "likely to be met",
}
MOST_VACANT = 0.2  # share of posts to which the track of vacancies goes at least
PROFILE = 1.0
UNKNOWN, UNJUDGED = "not known", "no forecast"
UNFORESEEN = "without a forecast"


class Said(TypedDict):
    """What stands beside a bar or a line."""

    label: str
    aside: str
    figure: str
    said: str
    tone: str  # of dashboard.words.status


class Bar(Said):
    """A bar on a track of its own from 0."""

    bar: Annotated[float | None, "null: not known"]
    low: Annotated[float | None, "null: no forecast"]
    high: Annotated[float | None, "null: no forecast"]
    mark: Annotated[float | None, "null: held against nothing"]
    end: float  # of the track


class Line(Said):
    """The periods before, oldest first."""

    spark: list[float | None]


@dataclass(frozen=True)
class OfBar(Generic[Of]):
    """A report's row, and the bar that it is drawn as."""

    of: Of
    bar: Bar


@dataclass(frozen=True)
class OfLine(Generic[Measured]):
    """A measure, and the line that it is drawn as."""

    of: Measured
    line: Line


def objectives(board: Iterable[Measured]) -> list[OfBar[Measured]]:
    """Measures with a target, likeliest misses first; those without a forecast last.

    bar is the year so far, low and high where the year ends four times in five, mark the target.
    """
    aimed = [row for row in board if row["target_words"] and row["value"] is not None]
    return sorted((OfBar(row, _objective(row)) for row in aimed), key=_miss)


def _miss(item: OfBar[Measured]) -> tuple[int, bool, float]:
    """Those likely to be missed before those that may be, those likely to be met and those without
    a forecast; among them by how likely, what can't be foretold in hundredths last."""
    tone, order = outlook(item), list(OUTLOOKS)
    place = order.index(tone) if tone in order else len(order)
    return place, item.of["chance"] is None, -(item.of["miss"] or 0.0)


def _objective(row: Signed) -> Bar:
    chance, words = row["chance"], row["chance_words"]
    if chance is None or words is None:
        verdict = status.assurance(_judged(row))
        said, tone = verdict.short if _judged(row) else UNJUDGED, verdict.tone
    else:
        said, tone = numbers.odds(chance), status.TARGET[words].tone
    return {
        "label": row["name"],
        "aside": _scoped(f"{row['unit_code']}: {row['target_words']}", row, row["as_of"]),
        "figure": _figure(row),
        "said": said,
        "tone": tone,
        "bar": row["value"],
        "low": row["low80"],
        "high": row["high80"],
        "mark": row["target"],
        "end": numbers.track(row["value"], row["high80"], row["target"]),
    }


def _judged(row: Signed) -> str:
    """Of a target without a chance what the limits of its last period say; '' where they say
    nothing: what its verdict calls not foretold is judged by no limits of one period either."""
    return (row["assurance"] or "") if row["miss"] is not None else ""


def _scoped(words: str | None, row: Signed, when: str = "") -> str:
    """The words, what the figure is of where that is more than the unit, as of which end, and
    what is unsigned."""
    unsigned = f"not signed: {row['unsigned_returns']}" if row["unsigned_returns"] else ""
    return " · ".join(filter(None, (words, row["context"], when, unsigned)))


def _figure(row: Signed) -> str:
    parts = row["numerator"], row["denominator"]
    return numbers.figure_alone(
        row["value"], row["unit"], parts, row["unit_of_parts"], row["target"]
    )


def outlook(item: OfBar[Measured]) -> str:
    """How the target of a bar of `objectives` stands, a key of OUTLOOKS: by the chance or, without
    one, of a stock by the limits of its last period; '' where neither is."""
    row = item.of
    foretold = row["chance"] is not None and row["chance_words"] is not None
    return item.bar["tone"] if foretold or _judged(row) else ""


def by_outlook(
    items: Iterable[OfBar[Measured]],
) -> tuple[list[OfBar[Measured]], list[OfBar[Measured]]]:
    """Bars of `objectives` that are likely to be missed, with a forecast or without; the others."""
    listed = list(items)
    missed = [item for item in listed if outlook(item) == MISSED]
    return missed, [item for item in listed if outlook(item) != MISSED]


def counted(items: Iterable[OfBar[Measured]]) -> str:
    """'9 likely to be missed, 2 could go either way, 3 likely to be met, 1 without a forecast';
    '' of none."""
    tones = [outlook(item) for item in items]
    order = {**OUTLOOKS, "": UNFORESEEN}
    return ", ".join(f"{tones.count(x)} {words}" for x, words in order.items() if x in tones)


def pressed(units: Iterable[Pressure]) -> list[Pressure]:
    """Rows of the pressure report: most alerts first, then most overtime."""
    return sorted(units, key=lambda row: (-(row["alerts"] or 0), -(row["overtime"] or 0)))


def overtime(units: Iterable[Pressure]) -> list[OfBar[Pressure]]:
    """Overtime spent as a share of what was profiled by now, a unit a row."""
    listed = list(units)
    end = numbers.track(PROFILE, *(row["overtime"] for row in listed))
    return [
        OfBar(
            row,
            {
                **_unit(row),
                "said": UNKNOWN if row["overtime"] is None else numbers.share(row["overtime"]),
                "tone": _over(row["overtime"]),
                "bar": row["overtime"],
                "low": None,
                "high": None,
                "mark": PROFILE,
                "end": end,
            },
        )
        for row in listed
    ]


def _over(share: float | None) -> str:
    return "quiet" if share is None else "bad" if share > PROFILE else "good"


def vacancies(units: Iterable[Pressure]) -> list[OfBar[Pressure]]:
    """Posts that nobody fills as a share of all posts, a unit a row."""
    listed = list(units)
    shares = [
        row["vacant"] / row["posts"] if row["posts"] and row["vacant"] is not None else None
        for row in listed
    ]
    end = numbers.track(MOST_VACANT, *shares)
    return [
        OfBar(
            row,
            {
                **_unit(row),
                "said": UNKNOWN if share is None else row["posts_words"],
                "tone": "quiet",
                "bar": share,
                "low": None,
                "high": None,
                "mark": None,
                "end": end,
            },
        )
        for row, share in zip(listed, shares, strict=True)
    ]


class Named(TypedDict):
    """A unit's name, and its alerts as the figure."""

    label: str
    aside: str
    figure: str


def _unit(row: Pressure) -> Named:
    alerts = status.UNTESTED if row["alerts"] is None else str(row["alerts"])
    return {"label": row["unit_code"], "aside": row["unit_name"], "figure": alerts}


def ahead(forecast: Iterable[Coming]) -> list[OfBar[Coming]]:
    """What the next window should bring: bar is the last one, low and high the band that holds
    four of five. What is too rare to draw, with at most one expected, is left out.

    Where the last window lay above what the next should bring stands first, furthest first.
    """
    drawn = [OfBar(row, _ahead(row)) for row in forecast if row["expected"] > 1]
    return sorted(drawn, key=lambda item: -beyond(item.of))


def _ahead(row: Coming) -> Bar:
    return {
        "label": row["name"],
        "aside": row["priority"] or "",
        "figure": numbers.number(row["last"]),
        "said": f"{numbers.number(row['low80'])} to {numbers.number(row['high80'])}",
        "tone": "bad" if row["last"] > row["high80"] else "good",
        "bar": float(row["last"]),
        "low": float(row["low80"]),
        "high": float(row["high80"]),
        "mark": None,
        "end": numbers.track(row["last"], row["high80"]),
    }


def beyond(row: Coming) -> float:
    """By what the last window lay above the next one's band, as a share of it; 0 within it."""
    return float(max(row["last"] / max(row["high80"], 1.0) - 1, 0.0))


def lines(board: Iterable[Measured]) -> list[OfLine[Measured]]:
    """Measures that have figures and no target, what is worse than usual first.

    What ended long ago is dated in place of being judged: it is no news of this meeting.
    """
    held = [row for row in board if row["value"] is not None and not row["target_words"]]
    order = {"bad": 0, "good": 1, "plain": 2}
    drawn = [OfLine(row, _line(row)) for row in held]
    return sorted(drawn, key=lambda item: order.get(item.line["tone"], 3))


def _line(row: Signed) -> Line:
    stands = status.variation(row["variation"])
    old = bool(row["variation"]) and not row["fresh"]
    return {
        "label": row["name"],
        "aside": _scoped(row["as_of"] or row["period_words"], row),
        "figure": _figure(row),
        "said": (row["latest_words"] or "") if old else stands.short,
        "tone": "plain" if old else stands.tone,
        "spark": row["spark"],
    }


def figures(
    items: Iterable[OfBar[Measured]] | Iterable[OfLine[Measured]] | Iterable[OfBar[Pressure]],
) -> tuple[tuple[str, str], ...]:
    """The label of each row and what its figure is of."""
    drawn = ((item.bar if isinstance(item, OfBar) else item.line, item.of) for item in items)
    return tuple((said["label"], spelt) for said, row in drawn if (spelt := row[FIGURE_OF]))


def disclosed_rows(source: Disclosed, drawn: pa.Table, title: str) -> Disclosed:
    """Rows of Bar or Line under their statement, with the stamp and the account of the report
    that they are of."""
    return replace(source, rows=drawn, title=title)


def bars(items: Iterable[OfBar[Any]]) -> pa.Table:
    """The table that a chart of bars draws."""
    return rows.table(Bar, [item.bar for item in items])


def lined(items: Iterable[OfLine[Measured]]) -> pa.Table:
    """The table of lines."""
    return rows.table(Line, [item.line for item in items])
