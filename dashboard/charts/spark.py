"""A sparkline as an SVG of its own: usual band, expected level, line, last point.

It is shown as a picture (pages take no SVG inside HTML), so that it carries its own colours,
those of dashboard.charts.theme; they follow the page from light to dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isfinite

from dashboard.charts import theme

PAD = 5.0  # room for the last point's dot
STYLE = theme.on_both(
    f".band{{fill:{theme.BAND}}}.mean{{stroke:{theme.QUIET};stroke-dasharray:3 3;opacity:.6}}"
    f".line{{fill:none;stroke:{theme.LINE};stroke-width:1.6;stroke-linejoin:round}}"
    f".dot{{fill:{theme.LINE}}}.out{{fill:{theme.FOCUS}}}"
)


def svg(
    values: Sequence[float | None],
    *,
    label: str,
    expected: float | None = None,
    band: tuple[float, float] | None = None,
    stands_out: bool = False,
    width: int = 130,
    height: int = 30,
) -> str:
    """An `<svg>` document of the values in time order; a missing value (None) breaks the line.

    label      what a screen reader says in place of the picture
    band       lower and upper edge of what is usual, in the unit of the values
    stands_out the last point is drawn in the alert colour
    return     '' where there is no value at all
    """
    shown = [float(v) for v in values if v is not None and isfinite(v)]
    if not shown:
        return ""
    edges = [e for e in (*(band or ()), expected) if e is not None and isfinite(e)]
    low, high = min([*shown, *edges]), max([*shown, *edges])
    across = (width - 2 * PAD) / max(len(values) - 1, 1)
    up = (height - 2 * PAD) / ((high - low) or 1.0)

    def y(value: float) -> float:
        return round(height - PAD - (value - low) * up, 1)

    parts = []
    if band is not None:
        top, bottom = y(band[1]), y(band[0])
        parts.append(
            f'<rect class="band" x="{PAD}" y="{top}" width="{width - 2 * PAD}"'
            f' height="{max(bottom - top, 1):.1f}"/>'
        )
    if expected is not None and isfinite(expected):
        parts.append(
            f'<line class="mean" x1="{PAD}" x2="{width - PAD}" y1="{y(expected)}"'
            f' y2="{y(expected)}"/>'
        )
    for run in _runs(values):
        points = " ".join(f"{PAD + i * across:.1f},{y(v)}" for i, v in run)
        parts.append(f'<polyline class="line" points="{points}"/>')
    last = values[-1]
    if last is not None and isfinite(last):
        name = "dot out" if stands_out else "dot"
        x = PAD + (len(values) - 1) * across
        parts.append(f'<circle class="{name}" cx="{x:.1f}" cy="{y(float(last))}" r="3.5"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<style>{STYLE}</style>{''.join(parts)}</svg>"
    )


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The values in unbroken runs, each with its place in time."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None or not isfinite(value):
            runs.append([])
        else:
            runs[-1].append((place, float(value)))
    return [run for run in runs if run]
