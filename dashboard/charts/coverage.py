"""What bands said and what came: the share that each held, beside the share it was to hold."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

ROW = 21  # pixels of a line
BANDS = (("80", 0.80, "circle", theme.LINE), ("95", 0.95, "diamond", theme.OTHER))
SAID = pa.table({"said": [share for _, share, _, _ in BANDS]})
LOWEST, HIGHEST = 0.6, 1.0  # of the axis; a band that held less stands at its edge
ACROSS = "Share of forecasts inside the band; dashed: what was said"


@cached
def spec(lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `said` stand beside it.

    lines  how many it is to hold, drawn in the order of the rows
    """
    scale = alt.Scale(domain=[LOWEST, HIGHEST], clamp=True, padding=8)
    down = alt.Y(
        "line:N", title=None, sort=None, axis=alt.Axis(labelLimit=190, ticks=False, domain=False)
    )
    rows = alt.Chart(alt.NamedData("rows"))
    x = alt.X(
        "said:Q",
        title=ACROSS,
        scale=scale,
        axis=alt.Axis(tickCount=6, labelExpr=axes.label("percent")),
    )
    layers = [
        alt.Chart(alt.NamedData("said")).mark_rule(color=theme.FAINT, strokeDash=[3, 3]).encode(x=x)
    ]
    for band, _, shape, colour in BANDS:
        span = rows.mark_rule(color=colour, strokeWidth=2).encode(
            x=alt.X(f"low_{band}:Q", title=ACROSS, scale=scale), x2=f"high_{band}:Q", y=down
        )
        point = rows.mark_point(
            filled=True, opacity=1, size=60, shape=shape, color=colour, fill=colour
        ).encode(
            x=alt.X(f"share_{band}:Q", title=ACROSS, scale=scale),
            y=down,
            tooltip=[
                alt.Tooltip("line:N", title="Forecasts"),
                alt.Tooltip(f"held_{band}:Q", title=f"In the {band} % band", format=","),
                alt.Tooltip("n:Q", title="of", format=","),
            ],
        )
        layers += [span, point]
    padding = {"left": 4, "top": 6, "bottom": 4, "right": 12}
    chart = alt.layer(*layers)
    return axes.finished(chart, height=ROW * lines, width="container", padding=padding)


def data(rows: pa.Table, lines: list[str]) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows n, held_80, share_80, low_80, high_80 and those of 95.

    lines  what each row is called along the side, each once
    """
    return {"rows": rows.append_column("line", pa.array(lines, pa.string())), "said": SAID}
