"""Which chart shows a part of a pack: by its key, the drawn one and the one of Office's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pyarrow as pa

from dashboard.catalogue import ours
from dashboard.charts import (
    bars,
    budget,
    fortnights,
    funnel,
    spc,
    strategy,
    theme,
    tiles,
    waterfall,
)
from dashboard.export.forms import office as offices
from dashboard.export.forms.native import Native, Series
from dashboard.reports.packs.block import Block

Data: TypeAlias = dict[str, pa.Table]
ProcessLimits: TypeAlias = tuple[dict[str, Any], Data]

WIDE = 640  # pixels of a chart over the whole column: its 12-pixel words print at 9 points
HALF = 600  # of one beside another: made for a wall, its words are twice as large
HALF_TALL = 250
TALL = 150
SLIDE, SLIDE_ROWS = 1100, 6  # of panels on a slide


def drawn(part: Block) -> ProcessLimits | None:
    """The spec and the data of the part's chart; None where it has none, or no row to draw."""
    if not part.shown.rows.num_rows or not (part.drawn or part.picture):
        return None
    spec, data = part.picture or DRAWN[part.drawn](part)
    return theme.one_picture(_without_tips(spec)), data


def _without_tips(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_tips(value) for key, value in part.items() if key != "tooltip"}
    return [_without_tips(item) for item in part] if isinstance(part, list) else part


def office(part: Block) -> Native | None:
    """The chart that Excel and PowerPoint draw themselves; its slides' columns are the part's."""
    if not part.drawn:
        return part.office
    if part.drawn in OF_SEVERAL_UNITS:
        return part.office
    chart = OFFICE[part.drawn](part)
    return replace(chart, columns=part.columns) if part.columns else chart


def on_slide(part: Block) -> Block:
    """The part as a slide shows it: of panels the first rows, as many as fill a slide whose words
    can be read; its table has them all."""
    if part.drawn not in OF_SEVERAL_UNITS:
        return part
    first = replace(part.shown, rows=part.shown.rows.slice(0, SLIDE_ROWS))
    return replace(part, name=f"{part.name}-slide", shown=first, wide=True)


def width(part: Block) -> int:
    """The width of the part's chart in pixels."""
    return SLIDE if part.wide else HALF if part.half else WIDE


def _spc(part: Block) -> ProcessLimits:
    spec = spc.spec_for(part.shown, part.unit or "n", part.grain, part.decided, height=TALL)
    return spec, spc.data(part.shown, TALL, part.decided)


def _fortnights(part: Block) -> ProcessLimits:
    spec = fortnights.spec_for(part.shown, HALF_TALL, decided=part.decided)
    return spec, fortnights.data(part.shown, part.decided)


def _funnel(part: Block) -> ProcessLimits:
    return funnel.spec(part.unit or "n", part.shown.rows.num_rows), funnel.data(part.shown)


def _tiles(part: Block) -> ProcessLimits:
    return tiles.spec(), tiles.data(part.shown)


def _mix(part: Block) -> ProcessLimits:
    return bars.spec(part.shown.rows.num_rows), bars.data(part.shown)


def _budget(part: Block) -> ProcessLimits:
    return budget.spec_for(part.shown), budget.data(part.shown)


def _waterfall(part: Block) -> ProcessLimits:
    return waterfall.spec(part.shown.rows.num_rows), waterfall.data(part.shown)


def _office_budget(_: Block) -> Native:
    return Native(
        "line",
        "period",
        (
            Series("spent", "Spent"),
            Series("profile", "Profile", "mean"),
            Series("forecast", "Forecast", "before"),
            Series("low", "Lower end", "limit"),
            Series("high", "Upper end", "limit"),
        ),
        "gbp",
        of=("kind", "month"),  # holidays and changed rates are no points of the lines
    )


# One line a chart: what a part's `drawn` may say, and of those what Office draws itself.
DRAWN: dict[str, Callable[[Block], ProcessLimits]] = {
    "spc": _spc,
    "fortnights": _fortnights,
    "funnel": _funnel,
    "tiles": _tiles,
    "mix": _mix,
    "budget": _budget,
    "waterfall": _waterfall,
    "capacity": lambda part: strategy.capacity(part.shown),
    "priorities": lambda part: strategy.priorities(part.shown.rows.to_pylist()),
}
# Panels of figures in several units, which Office would draw on one axis: pictures everywhere.
OF_SEVERAL_UNITS = frozenset({"capacity", "priorities"})
OFFICE: dict[str, Callable[[Block], Native]] = {
    "spc": lambda part: offices.spc(part.unit or "n", part.grain),
    "fortnights": lambda _: offices.windows(),
    "funnel": lambda part: offices.funnel(part.unit or "n"),
    "tiles": lambda part: offices.tiles(part.unit or "n"),
    "mix": lambda _: offices.mix(),
    "budget": _office_budget,
    "waterfall": lambda _: Native("bar", "label", (Series("value_gbp", ours().currency),), "gbp"),
}
