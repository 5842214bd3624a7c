"""Ways on from a row of the tasking page, and cells that need no picture. Pure but for the links'
as-at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts import alert_map
from dashboard.periods import day_words
from dashboard.reports import Request
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_list import AlertList, of_tier
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.tasking import agenda, item
from dashboard.reports.tasking.board_rows import Explained
from dashboard.reports.tasking.fitness import Fit
from dashboard.reports.tasking.item import Origin
from dashboard.reports.tasking.to_decide import Question
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import Column, Html, join, link, small, stack, strong, tag
from dashboard.ui.kit.series import to_series
from dashboard.words import figures
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word

FITNESS = (Column("What"), Column("How much"))
QUESTIONS = (Column("", "right", words="Number"), Column("To decide, and decided"), Column("Whose"))


def kind_mark(place: int | None) -> Html:
    """The number of a kind in the paint of its tiles, for the map's key and the rows it is of; ''
    for no place."""
    if place is None:
        return Html("")
    paint = min(place, len(alert_map.KINDS))
    return tag("span", str(place), class_=f"kind k{paint}")


def only_borough(row: Alert) -> str | None:
    """The borough that a link to the unit's page opens: of several none, or the page would speak
    of one alone."""
    return row["boroughs"][0] if len(row["boroughs"]) == 1 else None


def to_form(origin: Origin, **back: str | None) -> str:
    """The address of the form of a decision on what it is raised from.

    back  keys of the address that lead back to the wall, where it is raised there
    """
    return address.link_to(
        "decisions",
        **{"raise": origin.kind},
        measure=origin.measure,
        unit=origin.unit,
        borough=origin.borough,
        matter=origin.matter,
        **back,
    )


def to_decision(decision: str, **back: str | None) -> str:
    """The address of a decision's own page; `back` as of the form."""
    return address.link_to("decisions", decision=decision, **back)


def decided(words: str, decision: str) -> Html:
    """The way to what was decided."""
    return link(to_decision(decision), words)


def decide(origin: Origin, name: str, place: str, **back: str | None) -> Html:
    """The way to a decision; name and place: of what, for who can't see where the way stands."""
    words = f"Decide on {name}, {place}"
    return tag("span", link(to_form(origin, **back), "Decide", label=words), class_="decide")


def decide_on(row: Alert, **back: str | None) -> Html:
    """The way from an alert to a decision on it, in all its boroughs."""
    place = row["borough_name"] or row["unit_code"]
    return decide(item.of_alert(row), row["name"], place, **back)


def unit_page(request: Request, unit: str, measure: str) -> str | None:
    """The OCU whose page shows a row: its unit's, else its measure's owner's, else none."""
    for code in (unit, request.measures[measure].owner):
        ocu = request.catalogue.ocu_of(code)
        if request.catalogue.units[ocu].level == "ocu":
            return ocu
    return None


def to_unit(
    request: Request, row: Alert | Explained, borough: str | None = None, of: str | None = None
) -> Html:
    """The measure's name as a link to the unit's page that has the figure, measure and borough
    kept; a figure of more than one unit is followed to its own series.

    of  'alert' where the records there are to be those of the alert
    """
    page = unit_page(request, row["unit_code"], row["measure"])
    spelt = row[FIGURE_OF]
    elsewhere = of is None and spelt and figures.parsed_figure(spelt).unit != page
    if page is None or elsewhere:
        return to_series(request, row["measure"], row["name"], spelt)
    href = address.link_to("ocu", unit=page, measure=row["measure"], borough=borough, of=of)
    return link(href, strong(row["name"]))


def fitness(lines: Iterable[Fit]) -> list[list[Any]]:
    """Cells of the data-fitness strip: the figure, and below it the sentence behind it."""
    return [[strong(row["label"]), stack(row["value"], small(row["detail"]))] for row in lines]


def questions(rows: Iterable[Question]) -> list[list[Any]]:
    """Cells of what asks for a decision, each with the way to its form, and of what was decided
    with the way to the decision."""
    return [
        [strong(agenda.DONE if row.decision else at), _question(row), row.owner]
        for at, row in enumerate(rows, start=1)
    ]


def _question(row: Question) -> Html:
    if row.decision:
        return stack(decided(row.words, row.decision), small(row.detail))
    return join([row.words, link(to_form(row.raises), "Decide")], " ")


def tested_words(tested: dict[str, int], listed: int, most: int) -> str:
    """What was tested, and how many of the alerts are shown where not all are."""
    more = f" Of {listed} alerts the {most} strongest are shown." if listed > most else ""
    return f"{alert_words.promise(tested)}{more}"


def meeting_words(request: Request, alerts: AlertList) -> str:
    """'Tactical tasking meeting · Tuesday 13 July 2032 · fortnight … · 3 alerts, 2 new'."""
    held = request.held_on
    when = f"{held:%A} {day_words(held)}" if held else f"{day_words(request.meeting)}, cancelled"
    listed = of_tier(alerts.alerts)
    new = sum(row["times_seen"] == 1 for row in listed)
    count = f"{len(listed)} alert{'' if len(listed) == 1 else 's'}"
    return " · ".join(
        [
            "Tactical tasking meeting",
            when,
            f"{window_word()} {request.fortnight.words}",
            f"{count}, {new} new" if listed else "no alert",
        ]
    )
