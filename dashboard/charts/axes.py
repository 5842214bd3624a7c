"""What the charts have in common: number formats, and Altair to a plain spec."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import Any, Self, TypeVar, cast

import altair as alt
from altair.utils import schemapi

from dashboard.catalogue import ours
from dashboard.charts import theme

# Vega expressions that write an axis label as the tables write the figure.
LABELS = {
    "percent": "format(100 * datum.value, ',.0f') + ' %'",
    "hours": "format(datum.value, ',.0f') + ' h'",
}
TIMES = {
    "week": "%-d %b %Y",
    "fortnight": "%-d %b %Y",
    "day": "%-d %b %Y",
    "year": "%Y",
}


Spec = TypeVar("Spec", bound=Callable[..., dict[str, Any]])


def cached(spec: Spec) -> Spec:
    """Builds a spec once for its arguments and a directorate, whose words stand in it."""
    built = cache(lambda _directorate, *args, **named: spec(*args, **named))

    @wraps(spec)
    def kept(*args: Any, **named: Any) -> dict[str, Any]:
        return built(ours(), *args, **named)

    return cast(Spec, kept)


def money(value: str, form: str = ",.0f") -> str:
    """The Vega expression that writes an amount with a true minus sign before the money sign."""
    sign = json.dumps(ours().currency)
    return f"({value} < 0 ? '−' : '') + {sign} + format(abs({value}), '{form}')"


def label(unit: str) -> str:
    """The Vega expression for axis labels of a measure's unit (n, percent, gbp, hours)."""
    if unit == "gbp":
        return money("datum.value")
    return LABELS.get(unit, "format(datum.value, ',')")


def time_format(grain: str) -> str:
    """How a period's first day is written on an axis."""
    return TIMES.get(grain, "%b %Y")


class Chart(alt.Chart):
    """A chart whose channels may be words and values, as Altair's own may.

    Altair looks such a channel up among its 560 classes, which it tells apart anew each time: of
    a chart that took half the time. Here the channel's name says which class it is.
    """

    def encode(self, *args: Any, **channels: Any) -> Self:
        return super().encode(*args, **{key: _channel(key, of) for key, of in channels.items()})


def _channel(name: str, of: Any) -> Any:
    """What is said of a channel as the channel itself; what isn't plain is left to Altair."""
    kind = name[0].upper() + name[1:]
    if isinstance(of, str):
        return getattr(alt, kind)(of)
    if isinstance(of, dict) and "value" in of:
        said = dict(of)
        return getattr(alt, f"{kind}Value")(said.pop("value"), **said)
    return of


def words_over(rows: alt.Chart, colour: str, **look: Any) -> list[alt.Chart]:
    """Words below which lines pass: they stand on the page's colour. `look` is a text mark's."""
    ground = rows.mark_text(**look, stroke=theme.PAGE, strokeWidth=4, strokeJoin="round")
    return [ground, rows.mark_text(**look, color=colour)]


def finished(chart: alt.TopLevelMixin, **properties: Any) -> dict[str, Any]:
    """The chart as a Vega-Lite spec with the project's config.

    The tests check every spec against the schema; the program, which builds the same ones,
    does without: the check takes most of the time.
    """
    return _dressed(chart.properties(**properties).to_dict(validate=schemapi.DEBUG_MODE))


def layered(layers: Sequence[alt.Chart], **properties: Any) -> dict[str, Any]:
    """The charts over one another as one spec, the first at the bottom; otherwise as `finished`.

    Said by Altair, it is the same: there each layer is copied whole, again and again.
    """
    parts = [layer.to_dict(validate=False, context={"top_level": False}) for layer in layers]
    spec: dict[str, Any] = {"$schema": alt.SCHEMA_URL, **properties, "layer": parts}
    if all(layer.data is layers[0].data for layer in layers):  # they share it
        spec["data"] = [part.pop("data") for part in parts][0]
    if schemapi.DEBUG_MODE:
        alt.LayerChart.validate(spec)
    return _dressed(spec)


def _dressed(spec: dict[str, Any]) -> dict[str, Any]:
    return spec | {"config": theme.config()}
