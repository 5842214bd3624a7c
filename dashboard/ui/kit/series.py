"""The way from a figure to the series that it is a point of."""

from __future__ import annotations

from dashboard.reports import Request
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import Html, link, strong
from dashboard.words import figures


def to_series(
    request: Request, measure: str, name: str, of: str | None, grain: str | None = None
) -> Html:
    """The measure's name as a link to the series that a figure is a point of, or its year so far.

    name   of the measure
    of     what the figure is of, as its row spells it; None of none
    grain  of its period, where that is not the series' own
    """
    figure = figures.parsed_figure(of) if of else None
    unit, area = (figure.unit, figure.area) if figure else (None, None)
    level = request.catalogue.units[unit].level if unit else None
    asked = {"measure": measure, "unit": unit, "grain": grain}
    placed = {"level": "borough" if area else level, "borough": area or None}
    return link(address.link_to("trends", **asked, **placed), strong(name))
