"""What the charts have in common: number formats, and Altair to a plain spec."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar, cast

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


def words_over(rows: alt.Chart, colour: str, **look: Any) -> list[alt.Chart]:
    """Words below which lines pass: they stand on the page's colour. `look` is a text mark's."""
    ground = rows.mark_text(**look, stroke=theme.PAGE, strokeWidth=4, strokeJoin="round")
    return [ground, rows.mark_text(**look, color=colour)]


def finished(chart: alt.TopLevelMixin, **properties: Any) -> dict[str, Any]:
    """The chart as a Vega-Lite spec with the project's config.

    The tests check every spec against the schema; the program, which builds the same ones,
    does without: the check takes most of the time.
    """
    spec = chart.properties(**properties).to_dict(validate=schemapi.DEBUG_MODE)
    spec["config"] = theme.config()
    return spec
