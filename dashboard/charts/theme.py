"""The colours of every chart, and their counterparts on a dark page.

Palette: Government Analysis Function (as in afcharts 1.2.0). A chart is built once in the
light colours; `on_dark` swaps them, so that one cached spec serves both themes.
Contrast of each pair against its page is at least 3:1 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from typing import Any

INK = "#1D2733"  # text
QUIET = "#5B6875"  # axis words, notes
LINE = "#12436D"  # the series itself
FOCUS = "#F46A25"  # what the reader should look at: a special cause, the latest alert
ON_FOCUS = "#0B0F14"  # words on it, on light pages and on dark: 6.8:1
TARGET = "#801650"  # targets and their paths
OTHER = "#28A197"  # a second series
FAINT = "#8A94A0"  # context that must not compete
BAND = "#E6EDF4"  # the usual range, behind the series
GRID = "#E3E7EC"
PAGE = "#FFFFFF"  # what a chart stands on: behind words that lie on lines

CATEGORICAL = (LINE, FOCUS, OTHER, TARGET, "#3D3D3D", "#A285D1")
SEQUENTIAL = ("#F2F2F2", "#ADD1F1", "#6BACE6", "#2073BC", "#12436D", "#092135")

DARK = {
    INK: "#E8ECF1",
    QUIET: "#A9B4C1",
    LINE: "#6BACE6",
    FOCUS: "#F46A25",
    TARGET: "#D58AB8",
    OTHER: "#28A197",
    FAINT: "#7F8B99",
    BAND: "#1D2B3D",
    GRID: "#2B3442",
    PAGE: "#0E1117",
    "#3D3D3D": "#BFBFBF",
}
# Bundled for pictures (export/forms/typeface.py); Streamlit brings the same one as Source Sans.
FONT = "Source Sans Pro, Source Sans, sans-serif"


def config() -> dict[str, Any]:
    """The Vega-Lite `config` that every chart starts from: no frame, quiet axes, plain font."""
    words = {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "labelFont": FONT,
        "titleFont": FONT,
    }
    axis = {**words, "domainColor": GRID, "tickColor": GRID, "gridColor": GRID}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            **axis,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "axisX": {"grid": False},
        "legend": {**words, "labelFontSize": 12, "titleFontSize": 12},
        "header": {**words, "labelFontSize": 12},
        "text": {"color": INK, "font": FONT, "fontSize": 12},
        "range": {"category": list(CATEGORICAL), "ordinal": list(SEQUENTIAL)},
    }


def on_both(style: str) -> str:
    """A style sheet in the light colours, with what a drawing of its own needs on a dark page."""
    dark = style
    for light, other in DARK.items():
        dark = dark.replace(light, other)
    return f"{style}@media(prefers-color-scheme:dark){{{dark}}}"


def one_picture(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec without words of its own to each mark: a screen reader hears one picture, whose
    words stand beside it and whose figures stand in its table. It is drawn in two thirds of the
    time."""
    config = spec.get("config", {})
    silent = {"aria": False, "mark": config.get("mark", {}) | {"aria": False}}
    return spec | {"config": config | silent}


def on_dark(spec: Any) -> Any:
    """The same spec with each light colour replaced by its counterpart on a dark page."""
    if isinstance(spec, dict):
        return {key: on_dark(value) for key, value in spec.items()}
    if isinstance(spec, list | tuple):
        return [on_dark(value) for value in spec]
    return DARK.get(spec, spec) if isinstance(spec, str) else spec
