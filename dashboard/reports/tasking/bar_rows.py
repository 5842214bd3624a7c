"""Rows that wall and page draw as bars: objectives, capacity, what is coming.

One form for all, so that one chart draws them: what there is, where it will lie, what it is held
against, each in its own unit, and the same in words. `of` is the report's row that each is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.reports.tasking.objectives import Signed
from dashboard.reports.tasking.pressures import Pressure
from dashboard.words import numbers, status
from dashboard.words.figures import FIGURE_OF

Row = dict[str, Any]
BARS = pa.schema(
    [
        *((name, pa.string()) for name in ("label", "aside", "figure", "said", "tone")),
        *((name, pa.float64()) for name in ("bar", "low", "high", "mark", "end")),
    ]
)
LINES = pa.schema(
    [
        *((name, pa.string()) for name in ("label", "aside", "figure", "said", "tone")),
        ("spark", pa.list_(pa.float64())),
    ]
)
MISSED = "likely to be missed"
OUTLOOKS = {"bad": MISSED, "quiet": "could go either way", "good": "likely to be met"}  # by tone
MOST_VACANT = 0.2  # share of posts to which the track of vacancies goes at least
PROFILE = 1.0
UNKNOWN, UNTESTED, UNJUDGED = "not known", "not tested", "no forecast"
UNFORESEEN = "without a forecast"


def objectives(board: Iterable[Signed]) -> list[Row]:
    """Measures with a target, likeliest misses first; those without a forecast last.

    bar is the year so far, low and high where the year ends four times in five, mark the target.
    """
    aimed = [row for row in board if row["target_words"] and row["value"] is not None]
    return sorted((_objective(row) for row in aimed), key=_miss)


def _miss(row: Row) -> tuple[int, bool, float]:
    """Those likely to be missed before those that may be, those likely to be met and those without
    a forecast; among them by how likely, what can't be foretold in hundredths last."""
    said, order = outlook(row), list(OUTLOOKS.values())
    place = order.index(said) if said in order else len(order)
    return place, row["of"]["chance"] is None, -(row["of"]["miss"] or 0.0)


def _objective(row: Signed) -> Row:
    chance, words = row["chance"], row["chance_words"]
    if chance is None or words is None:
        verdict = status.assurance(row["assurance"])
        said, tone = verdict.short if row["assurance"] else UNJUDGED, verdict.tone
    else:
        said, tone = numbers.odds(chance), status.TARGET[words].tone
    return {
        "of": row,
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


def _scoped(words: str | None, row: Signed, when: str = "") -> str:
    """The words, what the figure is of where that is more than the unit, as of which end, and
    what is unsigned."""
    unsigned = f"not signed: {row['unsigned_returns']}" if row["unsigned_returns"] else ""
    return " · ".join(filter(None, (words, row["context"], when, unsigned)))


def _figure(row: Signed) -> str:
    parts = row["numerator"], row["denominator"]
    return numbers.short(row["value"], row["unit"], parts, row["unit_of_parts"], row["target"])


def outlook(row: Row) -> str:
    """What a row of `objectives` says of its target: one of OUTLOOKS, by the chance or, without
    one, by the limits of its last period, as the board counts them; '' where neither is known."""
    return "" if row["said"] == UNJUDGED else OUTLOOKS[row["tone"]]


def by_outlook(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Rows of `objectives` that are likely to be missed, with a forecast or without; the others."""
    listed = list(rows)
    missed = [row for row in listed if outlook(row) == MISSED]
    return missed, [row for row in listed if outlook(row) != MISSED]


def counted(rows: Iterable[Row]) -> str:
    """'9 likely to be missed, 2 could go either way, 3 likely to be met, 1 without a forecast';
    '' of none."""
    said = [outlook(row) or UNFORESEEN for row in rows]
    order = (*OUTLOOKS.values(), UNFORESEEN)
    return ", ".join(f"{said.count(words)} {words}" for words in order if words in said)


def pressed(rows: Iterable[Pressure]) -> list[Pressure]:
    """Rows of the pressure report: most alerts first, then most overtime."""
    return sorted(rows, key=lambda row: (-(row["alerts"] or 0), -(row["overtime"] or 0)))


def overtime(rows: Iterable[Pressure]) -> list[Row]:
    """Overtime spent as a share of what was profiled by now, a unit a row."""
    listed = list(rows)
    end = numbers.track(PROFILE, *(row["overtime"] for row in listed))
    return [
        _unit(row)
        | {
            "said": UNKNOWN if row["overtime"] is None else numbers.share(row["overtime"]),
            "bar": row["overtime"],
            "mark": PROFILE,
            "tone": _over(row["overtime"]),
            "end": end,
        }
        for row in listed
    ]


def _over(share: float | None) -> str:
    return "quiet" if share is None else "bad" if share > PROFILE else "good"


def vacancies(rows: Iterable[Pressure]) -> list[Row]:
    """Posts that nobody fills as a share of all posts, a unit a row."""
    listed = list(rows)
    shares = [
        row["vacant"] / row["posts"] if row["posts"] and row["vacant"] is not None else None
        for row in listed
    ]
    end = numbers.track(MOST_VACANT, *shares)
    return [
        _unit(row)
        | {
            "said": UNKNOWN if share is None else row["posts_words"],
            "bar": share,
            "tone": "quiet",
            "end": end,
        }
        for row, share in zip(listed, shares, strict=True)
    ]


def _unit(row: Pressure) -> Row:
    """A unit's name, and its alerts as the figure."""
    blank = dict.fromkeys(("low", "high", "mark"))
    alerts = UNTESTED if row["alerts"] is None else str(row["alerts"])
    return blank | {
        "of": row,
        "label": row["unit_code"],
        "aside": row["unit_name"],
        "figure": alerts,
    }


def ahead(rows: Iterable[Row]) -> list[Row]:
    """What the next window should bring: bar is the last one, low and high the band that holds
    four of five. What is too rare to draw, with at most one expected, is left out.

    Where the last window lay above what the next should bring stands first, furthest first.
    """
    found = [
        {
            "of": row,
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
        for row in rows
        if row["expected"] > 1
    ]
    return sorted(found, key=lambda row: -beyond(row))


def beyond(row: Row) -> float:
    """By what the last window lay above the next one's band, as a share of it; 0 within it."""
    return float(max(row["bar"] / max(row["high"], 1.0) - 1, 0.0))


def lines(board: Iterable[Signed]) -> list[Row]:
    """Measures that have figures and no target, what is worse than usual first.

    What ended long ago is dated in place of being judged: it is no news of this meeting.
    """
    held = [row for row in board if row["value"] is not None and not row["target_words"]]
    found = [_line(row) for row in held]
    order = {"bad": 0, "good": 1, "plain": 2}
    return sorted(found, key=lambda item: order.get(item["tone"], 3))


def _line(row: Signed) -> Row:
    stands = status.variation(row["variation"])
    old = bool(row["variation"]) and not row["fresh"]
    return {
        "of": row,
        "label": row["name"],
        "aside": _scoped(row["as_of"] or row["period_words"], row),
        "figure": _figure(row),
        "said": row["latest_words"] if old else stands.short,
        "tone": "plain" if old else stands.tone,
        "spark": row["spark"],
    }


def figures(rows: Iterable[Row], name: str = FIGURE_OF) -> tuple[tuple[str, str], ...]:
    """The label of each row and what its figure is of, by the column `name` of its report."""
    return tuple((row["label"], row["of"][name]) for row in rows if row["of"].get(name))


def shown(
    source: Disclosed, rows: Sequence[Row], title: str, schema: pa.Schema = BARS
) -> Disclosed:
    """The rows under their statement, with the stamp and the account of the report they are of."""
    return replace(source, rows=pa.Table.from_pylist(list(rows), schema), title=title)
