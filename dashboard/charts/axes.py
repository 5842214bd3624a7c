"""What the charts have in common: number formats, and Altair to a plain spec."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils import schemapi

from dashboard.charts import theme

# Vega expressions that write an axis label as the tables write the figure.
LABELS = {
    "percent": "format(100 * datum.value, ',.0f') + ' %'",
    "gbp": "'£' + format(datum.value, ',.0f')",
    "hours": "format(datum.value, ',.0f') + ' h'",
}
TIMES = {
    "week": "%-d %b %Y",
    "fortnight": "%-d %b %Y",
    "day": "%-d %b %Y",
    "year": "%Y",
}


def label(unit: str) -> str:
    """The Vega expression for axis labels of a measure's unit (n, percent, gbp, hours)."""
    return LABELS.get(unit, "format(datum.value, ',')")


def time_format(grain: str) -> str:
    """How a period's first day is written on an axis."""
    return TIMES.get(grain, "%b %Y")


def finished(chart: alt.TopLevelMixin, **properties: Any) -> dict[str, Any]:
    """The chart as a Vega-Lite spec with the project's config.

    The tests check every spec against the schema; the program, which builds the same ones,
    does without: the check takes most of the time.
    """
    spec = chart.properties(**properties).to_dict(validate=schemapi.DEBUG_MODE)
    spec["config"] = theme.config()
    return spec
