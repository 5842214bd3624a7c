"""The calendar of visits: units across, quarters down by kind of visit, in each cell what became
of it. Colour repeats what the sign in the cell says; the key below says the signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os.path import commonprefix
from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.reports.accountability.visit_calendar import Kept

ROW = 20  # pixels of a quarter
NARROW = 17  # pixels of a column under which no head has room
ROOM = {"✓": 10, "!": 5, "·": 5, "late": 24, "gap": 24}  # what a sign needs of them
# How a state is drawn: its sign, its words in the key, its colour and that of the sign.
STATES = {
    "held": ("✓", "✓ held in time", theme.BAND, theme.INK),
    "late": ("late", "late: held after its quarter", "#ADD1F1", theme.ON_FOCUS),
    "overdue": ("!", "! overdue", theme.FOCUS, theme.ON_FOCUS),
    "planned": ("·", "· planned", theme.GRID, theme.INK),
    "gap": ("gap", "gap: owed, none planned", theme.TARGET, theme.BAND),
}


class Cell(TypedDict):
    """A unit's slot where it stands, in words."""

    unit_code: str
    kind_words: str
    quarter_words: str
    state: str
    column: int
    line: int
    words: str
    planned: str
    held: str


class Head(TypedDict):
    """What stands over a column; `brief`, an OCU's number alone, where there is little room."""

    unit_code: str
    column: int
    first: bool  # whether an OCU begins with it
    short: str
    brief: str


@cached
def spec(columns: int, rows_down: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `cells`, `kinds` and `heads` stand beside it.

    columns    units that it is to hold
    rows_down  quarters of all kinds of visit, and a line above each kind
    """
    cells = axes.Chart(alt.NamedData("cells"))
    x = alt.X(
        "column:O",
        title=None,
        axis=None,
        scale=alt.Scale(domain=list(range(columns)), paddingInner=0.08, paddingOuter=0.02),
    )
    y = alt.Y(
        "line:O",
        title=None,
        scale=alt.Scale(domain=list(range(rows_down)), paddingInner=0.12),
        axis=None,
    )
    words = [said for _, said, _, _ in STATES.values()]
    fills = [fill for _, _, fill, _ in STATES.values()]
    tips = [
        alt.Tooltip("unit_code:N", title="Unit"),
        alt.Tooltip("kind_words:N", title="Visit"),
        alt.Tooltip("quarter_words:N", title="Quarter"),
        alt.Tooltip("planned:N", title="Planned"),
        alt.Tooltip("held:N", title="Held"),
    ]
    key = alt.ExprRef(f"width < 500 ? 1 : {len(STATES)}")  # columns
    box = cells.mark_rect(cornerRadius=2).encode(
        x=x,
        y=y,
        color=alt.Color(
            "words:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=words, range=fills),
            legend=alt.Legend(
                orient="bottom", symbolType="square", labelLimit=0, columns=key, symbolStrokeWidth=0
            ),
        ),
        tooltip=tips,
    )
    signs = [
        cells.transform_filter(alt.FieldEqualPredicate(field="state", equal=state))
        .mark_text(fontSize=_where(columns, ROOM[sign]), fontWeight="bold", color=ink)
        .encode(x=x, y=y, text=alt.value(sign))
        for state, (sign, _, _, ink) in STATES.items()
    ]
    layers = [box, *signs, *_labels(columns, x, y)]
    return axes.layered(
        layers,
        height=ROW * rows_down,
        width="container",
        padding={"left": 4, "top": 4, "bottom": 2, "right": 4},
        autosize={"type": "fit-x", "contains": "padding"},
    )


def _where(columns: int, room: int) -> alt.ExprRef:
    """The size of words that stand where a column has room for them."""
    return alt.ExprRef(f"width / {columns} < {room} ? 0 : 11")


LEFT = 74  # pixels for the words of a quarter


def _labels(columns: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The quarters at the left, the kind of visit above its quarters, units at the top."""
    kinds, lines, heads = (axes.Chart(alt.NamedData(name)) for name in ("kinds", "lines", "heads"))
    wide = _where(columns, NARROW)
    narrow = alt.ExprRef(f"width / {columns} < {NARROW} ? 11 : 0")
    return [
        lines.mark_text(align="right", dx=-6, fontSize=12, color=theme.INK).encode(
            x=alt.value(0), y=y, text="words:N"
        ),
        kinds.mark_text(
            align="left", dx=6 - LEFT, fontSize=12, color=theme.QUIET, fontWeight="bold"
        ).encode(x=alt.value(0), y=y, text="words:N"),
        *(
            heads.transform_filter("datum.first")
            .mark_text(align="left", fontSize=size, fontWeight="bold", color=theme.INK, dx=dx)
            .encode(x=x, y=alt.value(-22), text=f"{name}:N")
            for name, size, dx in (("unit_code", wide, -10), ("brief", narrow, -3))
        ),
        heads.transform_filter("!datum.first")
        .mark_text(fontSize=wide, color=theme.QUIET)
        .encode(x=x, y=alt.value(-7), text="short:N"),
    ]


def data(disclosed: Disclosed, units: Sequence[tuple[str, str]]) -> dict[str, pa.Table]:
    """The data sets of `spec` from a calendar's rows.

    units  the code of each column and that of the OCU that it belongs to, in their order
    """
    column = {code: place for place, (code, _) in enumerate(units)}
    line = lines_of(disclosed)
    cells: list[Cell] = [
        {
            "unit_code": row["unit_code"],
            "kind_words": row["kind_words"],
            "quarter_words": row["quarter_words"],
            "state": row["state"],
            "column": column[row["unit_code"]],
            "line": line[row["kind_words"], row["quarter_words"]],
            "words": STATES[row["state"]][1],
            "planned": _day(row["planned_on"]),
            "held": _day(row["held_on"]),
        }
        for row in rows.typed(Kept, disclosed.rows)
    ]
    kinds: dict[str, int] = {}
    for (kind, _), place in line.items():
        kinds.setdefault(kind, place - 1)
    return {
        "cells": rows.table(Cell, cells),
        "lines": pa.table({"words": [words for _, words in line], "line": list(line.values())}),
        "kinds": pa.table({"words": list(kinds), "line": list(kinds.values())}),
        "heads": rows.table(Head, _heads(units)),
    }


def lines_of(disclosed: Disclosed) -> dict[tuple[str, str], int]:
    """(kind of visit, quarter) → its line: each kind has a line for its own words above."""
    kinds_of, quarters = (
        disclosed.rows.column(name).to_pylist() for name in ("kind_words", "quarter_words")
    )
    seen = dict.fromkeys(zip(kinds_of, quarters, strict=True))
    kinds = list(dict.fromkeys(kind for kind, _ in seen))
    return {pair: place + kinds.index(pair[0]) + 1 for place, pair in enumerate(seen)}


def height(disclosed: Disclosed) -> int:
    """How many lines the picture has."""
    return max(lines_of(disclosed).values(), default=0) + 1


def _heads(units: Sequence[tuple[str, str]]) -> list[Head]:
    codes = [code for code, _ in units]
    alike = len(commonprefix([ocu for _, ocu in units]).rstrip("0123456789"))
    return [
        {
            "unit_code": code,
            "column": place,
            "first": code == ocu or ocu not in codes,
            "short": code.removeprefix(ocu),
            "brief": code[alike:],
        }
        for place, (code, ocu) in enumerate(units)
    ]


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else "–"
