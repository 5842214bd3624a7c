"""Scores of 0 to 100 by criterion: where each area stood in the first extract, and where now."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.reports.accountability.improvement import Area

ROW = 22
BARE = "null: a criterion without an area"


class Past(TypedDict):
    """A score as an extract said it, on the line of its area."""

    line: str
    title: Annotated[str | None, BARE]
    score: Annotated[float | None, f"{BARE}, or one without a score"]
    known: str


class Line(Past):
    """An area with its score now, or a criterion without any."""

    first_score: Annotated[float | None, f"{BARE}, or one without a score"]
    at: float  # where its words stand
    overdue: Annotated[bool | None, BARE]
    said: str


@cached
def spec(lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `past` stand beside it."""
    rows, past = axes.Chart(alt.NamedData("rows")), axes.Chart(alt.NamedData("past"))
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("score:Q", title=None, scale=scale, axis=alt.Axis(values=[0, 25, 50, 75, 100]))
    y = alt.Y(
        "line:O",
        title=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelColor=theme.INK,
            labelLimit=200,
            labelExpr="split(datum.label, '|')[1]",
        ),
    )
    tips = [
        alt.Tooltip("title:N", title="Area"),
        alt.Tooltip("score:Q", title="Score"),
        alt.Tooltip("known:N", title="Known on"),
    ]
    way = rows.mark_rule(strokeWidth=3, color=theme.GRID).encode(
        x=alt.X("first_score:Q", scale=scale), x2="score:Q", y=y
    )
    before = past.mark_point(filled=True, size=36, opacity=1, color=theme.FAINT).encode(
        x=x, y=y, tooltip=tips
    )
    now = rows.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        color=alt.condition("datum.overdue", alt.value(theme.FOCUS), alt.value(theme.LINE)),
        shape=alt.condition("datum.overdue", alt.value("diamond"), alt.value("circle")),
        tooltip=tips,
    )
    words = rows.mark_text(align="left", dx=10, fontSize=12, color=theme.INK).encode(
        x=alt.X("at:Q", scale=scale), y=y, text="said:N"
    )
    # The layer with every line stands first: a criterion without an area has its line too.
    return axes.layered(
        [way, before, now, words],
        height=ROW * max(lines, 1),
        width="container",
        padding={"left": 4, "top": 4, "bottom": 4, "right": 40},
    )


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows of Area."""
    lines: list[Line] = []
    past: list[Past] = []
    for place, row in enumerate(rows.typed(Area, disclosed.rows)):
        line = f"{place:03d}|{row['criterion_words']}"
        known = list(zip(row["known_on"] or [], row["scores"] or [], strict=True))
        lines.append(
            {
                "line": line,
                "title": row["title"],
                "score": row["score"],
                "known": f"{known[-1][0]:%-d %b %Y}" if known else "",
                "first_score": row["first_score"],
                "at": row["score"] or 0.0,
                "overdue": row["overdue"],
                "said": _said(row),
            }
        )
        for day, score in known[:-1]:
            past.append(
                {
                    "line": line,
                    "title": row["title"],
                    "score": score,
                    "known": f"{day:%-d %b %Y}",
                }
            )
    return {"rows": rows.table(Line, lines), "past": rows.table(Past, past)}


def _said(row: Area) -> str:
    """What stands beside a line: the score; that it lacks one, or the criterion an area."""
    if row["title"] is None:
        return "no area"
    return "[x]" if row["score"] is None else f"{row['score']:g}"
