"""Decisions on the chart of a measure: when each was made, done and judged, above the series.

A decision is a line of its own above the chart: a triangle where it was made, a dot where it was
done, a square where its result was known, and how it stands in few words. Thin rules lead down to
the series. Every chart over time takes them from here, with `rows` of reports.decisions.on_chart.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.reports.decisions.on_chart import Event

NAME = "decisions"  # of the data set
SHAPES = {"decided": "triangle-down", "done": "circle", "result": "square", "withdrawn": "cross"}
SIZE = 11  # pixels of the words


class Mark(TypedDict):
    """An event where it is drawn.

    place   line of the decision above the chart, 0 the lowest
    side    of its words: 'left' of its first mark where there is room, else 'right' of its last
    """

    day: date
    until: date  # of the decision's line, which its first event draws
    kind: str
    said: str
    label: str
    side: str
    place: int


def data(disclosed: Disclosed | None, series: pa.Table) -> pa.Table:
    """The marks of a series: a row an event, of the decisions with one since its first period.

    series  the rows that the chart draws, a `period_start` each, in the order of time
    """
    if disclosed is None or not series.num_rows:
        return rows.table(Mark, [])
    first, last = (series["period_start"][at].as_py() for at in (0, -1))
    lines: dict[str, list[Event]] = {}
    for row in rows.typed(Event, disclosed.rows):
        if row["day"] >= first:
            lines.setdefault(row["decision"], []).append(row)
    middle = first + (last - first) / 2
    marks = [
        row for place, events in enumerate(lines.values()) for row in _line(events, place, middle)
    ]
    return rows.table(Mark, marks)


def _line(events: list[Event], place: int, middle: date) -> list[Mark]:
    """A decision's events; the first or last of them carries the words."""
    days = [row["day"] for row in events]
    left = min(days) > middle
    bearer = 0 if left else len(events) - 1
    return [
        {
            "day": row["day"],
            "until": max(days) if at == 0 else row["day"],
            "kind": row["kind"],
            "said": row["said"],
            "label": row["label"] if at == bearer else "",
            "side": "left" if left else "right",
            "place": place,
        }
        for at, row in enumerate(events)
    ]


def beside(disclosed: Disclosed | None, series: pa.Table) -> dict[str, pa.Table]:
    """The marks as a chart's data set of its own; none where nothing is marked."""
    marked = data(disclosed, series)
    return {NAME: marked} if marked.num_rows else {}


def lines(marked: pa.Table) -> int:
    """How many lines of decisions stand above the chart."""
    return len(set(marked["place"].to_pylist()))


def room(number: int, words: int = SIZE) -> int:
    """Pixels that so many lines take above the chart, which is to be so much higher: what is drawn
    outside it takes its part of the height."""
    return number * (words + 4)


def layers(number: int, above: int = 4, words: int = SIZE) -> list[alt.Chart]:
    """The layers of so many lines of decisions; none for 0.

    above  pixels between the chart and the lowest line, where other words stand
    """
    if not number:
        return []
    rows = axes.Chart(alt.NamedData(NAME))
    x = alt.X("day:T", title=None)
    down = rows.mark_rule(color=theme.FAINT, strokeWidth=1, opacity=0.7).encode(x=x)
    drawn = [down]
    for place in range(number):
        here = rows.transform_filter(f"datum.place === {place}")
        drawn += _drawn(here, x, -above - room(place, words) - words / 2, words)
    return drawn


def _drawn(here: alt.Chart, x: alt.X, height: float, words: int) -> list[alt.Chart]:
    level = alt.value(height)
    line = here.mark_rule(color=theme.QUIET, strokeWidth=1).encode(x=x, x2="until:T", y=level)
    points = here.mark_point(filled=True, opacity=1, size=4.5 * words, color=theme.INK).encode(
        x=x,
        y=level,
        # By conditions, not by a scale: the points of the series have one of their own.
        shape={
            "condition": [
                {"test": f"datum.kind === '{kind}'", "value": shape}
                for kind, shape in SHAPES.items()
            ],
            "value": "circle",
        },
        tooltip=[
            alt.Tooltip("day:T", title="Day", format="%-d %B %Y"),
            alt.Tooltip("said:N", title="Decision"),
        ],
    )
    sides: tuple[tuple[Literal["left", "right"], str, int], ...] = (
        ("right", "left", -8),
        ("left", "right", 8),
    )
    said = [
        here.transform_filter(f"datum.side === '{side}' && datum.label !== ''")
        .mark_text(align=align, baseline="middle", dx=apart, fontSize=words, color=theme.INK)
        .encode(x=x, y=level, text="label:N")
        for align, side, apart in sides
    ]
    return [line, points, *said]
