"""The pictures of the wall's items as SVG, drawn once, before anybody goes on to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from dashboard.access import Disclosed
from dashboard.charts import alert_line, alert_map, bullets, theme
from dashboard.export.forms import pictures
from dashboard.reports.request import Request
from dashboard.reports.tasking.item import Item

Agenda = Callable[[Request], tuple[Item, ...]]  # of a meeting, from first to last
Specs = tuple[Callable[[Disclosed], dict[str, Any]], ModuleType]
MAP: Specs = (lambda _: alert_map.spec(), alert_map)
NAMED: Specs = (lambda _: alert_map.spec(*alert_map.NAMED), alert_map)
LINE: Specs = (lambda _: alert_line.spec(), alert_line)
BARS: Specs = (lambda shown: bullets.spec(shown.rows.num_rows), bullets)
# The charts of each kind of item, in the order of its pictures; a kind without has none drawn here.
CHARTS: dict[str, tuple[Specs, ...]] = {
    "opening": (NAMED,),
    "alert": (MAP, LINE),
    "events": (MAP,),
    "bars": (BARS,),
    "capacity": (BARS, BARS),
}
EITHER = re.compile("|".join(map(re.escape, theme.DARK)))


def drawn(request: Request, agenda: Agenda) -> dict[str, tuple[str, ...]]:
    """The SVG of each item's pictures in the light colours, by the key of an item that has any."""
    return {item.key: tuple(_pictures(item)) for item in agenda(request) if item.pictures}


def _pictures(item: Item) -> list[str]:
    charts = CHARTS.get(item.kind, ())
    return [
        pictures.chart_svg(theme.one_picture(spec(shown)), chart.data(shown))
        for (spec, chart), shown in zip(charts, item.pictures, strict=False)
    ]


def on_both(drawing: str) -> str:
    """The same drawing with each colour as the page's scheme has it, light or dark: a change of
    theme turns it without the server."""
    return EITHER.sub(lambda light: f"light-dark({light[0]},{theme.DARK[light[0]]})", drawing)
