"""A target's workshop: what past years came to, the band of the next, and the levels thought of."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.reports.strategy.workshop import Line

ROW = 30
RULES = {"chosen": theme.TARGET, "typed": theme.FOCUS}


class Year(TypedDict):
    """What a year came to, or the band of the next."""

    label: str
    said: str
    value: Annotated[float | None, "null: a month of it is not known"]
    low: Annotated[float | None, "null: a past year"]
    high: Annotated[float | None, "null: a past year"]
    broken: Annotated[bool | None, "null: the next year"]


class Level(TypedDict):
    """A level that is drawn as a line; `kind` is a key of RULES."""

    kind: str
    label: str
    said: str
    level: Annotated[float | None, "null: none"]


@cached
def spec(unit: str, lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `levels` stand beside it.

    unit   n or percent; lines: how many years it is to hold
    """
    rows, levels = axes.Chart(alt.NamedData("rows")), axes.Chart(alt.NamedData("levels"))
    scale = alt.Scale(zero=True, nice=True)
    axis = alt.Axis(labelExpr=axes.label(unit), tickCount=6)
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(domain=False, ticks=False, labelColor=theme.INK),
    )
    x = alt.X("value:Q", title=None, scale=scale, axis=axis)
    tips = [alt.Tooltip("label:N", title="Year"), alt.Tooltip("said:N", title="Came to")]
    shade = alt.condition("datum.broken", alt.value(theme.FAINT), alt.value(theme.LINE))
    past = rows.transform_filter("!isValid(datum.low)")
    coming = rows.transform_filter("isValid(datum.low)")
    bar = past.mark_bar(height=14).encode(x=x, y=y, color=shade, tooltip=tips)
    band = coming.mark_bar(height=18, color=theme.LINE, opacity=0.38).encode(
        x=alt.X("low:Q", scale=scale, axis=axis, title=None), x2="high:Q", y=y, tooltip=tips
    )
    point = coming.mark_point(filled=True, size=80, color=theme.LINE, opacity=1).encode(
        x=x, y=y, tooltip=tips
    )
    rule = levels.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("level:Q", scale=scale, axis=axis, title=None),
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=list(RULES), range=list(RULES.values())),
            legend=None,
        ),
        strokeDash=alt.condition("datum.kind == 'typed'", alt.value([5, 3]), alt.value([1, 0])),
        tooltip=[alt.Tooltip("label:N", title="Level"), alt.Tooltip("said:N", title="Chance")],
    )
    # The layer with every line stands first, so that the years keep their order.
    every = rows.mark_point(opacity=0).encode(y=y)
    return axes.layered(
        [every, bar, band, point, rule],
        height=ROW * max(lines, 1),
        width="container",
        padding={"left": 4, "top": 4, "bottom": 4, "right": 12},
    )


def spec_for(disclosed: Disclosed, unit: str) -> dict[str, Any]:
    """The spec for the rows of a workshop."""
    return spec(unit, data(disclosed)["rows"].num_rows)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows of kinds past, next, chosen, level and typed."""
    lines = rows.typed(Line, disclosed.rows)
    years: list[Year] = [
        {
            "label": row["label"],
            "said": row["said"],
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "broken": row["broken"],
        }
        for row in lines
        if row["kind"] in ("past", "next")
    ]
    levels: list[Level] = [
        {"kind": row["kind"], "label": row["label"], "said": row["said"], "level": row["level"]}
        for row in lines
        if row["kind"] in RULES
    ]
    return {"rows": rows.table(Year, years), "levels": rows.table(Level, levels)}
