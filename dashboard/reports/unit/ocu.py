"""One OCU: its remit and strength, what changed, and its measures of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Unit, order
from dashboard.periods import day_words, next_start
from dashboard.reports.alerts import standing
from dashboard.reports.measure import choice, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, tracks
from dashboard.reports.request import Request
from dashboard.reports.request.reckoned import reckoned
from dashboard.reports.unit.part import branch_of
from dashboard.reports.unit.planned import Planned, measures_of
from dashboard.words import dates, numbers

CHANGES = 3  # sentences of what changed


class Signed(Planned):
    """The same with the returns without a signature that the figure stands on."""

    unsigned: Annotated[str | None, "null: all are signed"]
    unsigned_returns: Annotated[str | None, "null: all are signed"]


class Explained(Signed, total=False):
    """The same with what is said of the figure, where anything is."""

    explanation: str


class Strength(TypedDict):
    """A row of the query unit_strength."""

    month: date
    posts: Annotated[float | None, "null: nobody has said"]
    in_post: Annotated[float | None, "null: nobody has said"]


@dataclass(frozen=True)
class Head:
    """The head of an OCU's page.

    alerts   the unit's rows of the alert list in words, strongest first: they outrank the rest
    posts    '296 of 310 posts filled, June 2032'; '' where nobody has said
    changed  up to three sentences, worst first; else one that says why there are none; nothing
             at all where no measure has a figure
    """

    unit: Unit
    alerts: tuple[str, ...]
    posts: str
    changed: tuple[str, ...]


def unit_of(request: Request, said: str | None, measure: str | None = None) -> tuple[str, str]:
    """The unit whose page a link asks for, and a remark where that is not the unit it names.

    A branch or team opens its OCU; a measure without a unit that of its owner.
    raises  NotFoundError with the near ones for a unit that the catalogue has not
    """
    pages = order.page_units(request.catalogue)
    if said is None:
        owner = request.measures[measure].owner if measure in request.measures else None
        return owner if owner in pages else pages[0], ""
    unit = request.catalogue.unit(said)
    code = request.catalogue.ocu_of(unit.code)
    remark = "" if code == said else f"The link names {said}, a {unit.level} of {code}."
    return code, remark


def of_part(request: Request, part: str | None, unit: str) -> str:
    """What the page of a unit says to who asked for a part of it; '' to who asked for none."""
    if part is None or part not in request.catalogue.descendants(unit):
        return ""
    subunit = request.catalogue.units[part]
    listed = branch_of(request, part, unit) or part
    return (
        f"{part} {subunit.name} is a {subunit.level} of {unit}, whose page this is: lists of "
        f"records are of {listed} alone, among the parts of the unit it is marked ▸, all else is "
        f"of {unit} as a whole."
    )


def boroughs(request: Request) -> list[str]:
    """Codes of the areas that a unit's figures can be asked for."""
    kinds = ("borough", "airport", "unknown")
    return [area.code for area in order.areas(request.catalogue, kinds)]


def first(request: Request, plan: Disclosed) -> str | None:
    """The measure of a plan that is shown unless another is asked (choice.first_of), of those with
    data where there are any."""
    listed = rows.typed(Planned, plan.rows)
    alerted = {row["measure"] for row in listed if row["alert"]}
    known = [row for row in listed if row["alert"] or row["symbol"] != numbers.MISSING]
    shown = [request.measures[row["measure"]] for row in known or listed]
    return choice.first_of(shown, alerted).id if shown else None


def no_data(request: Request, unit: str, measure: str | None) -> str:
    """Why there is nothing to draw, and what to do, in a sentence."""
    if not tracks(request, unit):
        return (
            f"Nothing that is loaded says anything of {unit}: import its records or returns and"
            " publish a snapshot."
        )
    name = request.measures[measure].name if measure in request.measures else "this measure"
    when = day_words(request.as_at)
    return f"Nothing that is loaded as at {when} says anything of {name} for {unit}."


def head(request: Request, unit: str) -> Head:
    """Remit, posts filled and what changed.

    raises  NotFoundError for a unit that the catalogue has not
    """
    of = request.catalogue.unit(unit)
    (said,) = _headed(request, unit)
    return Head(of, tuple(said["alerts"]), said["posts"], tuple(said["changed"]))


class Headed(TypedDict):
    """What a Head says."""

    alerts: list[str]
    posts: str
    changed: list[str]


@reckoned(Headed, 64)
def _headed(request: Request, unit: str) -> list[Headed]:
    held = tracks(request, unit)
    mine = [held[item.id] for item in measures_of(request, unit) if item.id in held]
    alerts = standing.sentences(standing.alerts_on(request, unit=unit))
    changed = _changed(request, mine)
    return [{"alerts": list(alerts), "posts": _posts(request, unit), "changed": list(changed)}]


def _changed(request: Request, mine: list[MeasureSeries]) -> tuple[str, ...]:
    """What its own limits put beyond its usual range in fresh figures, worst first."""
    ended = {id(item): next_start(item.points[-1].start, item.grain) for item in mine}
    fresh = [item for item in mine if ended[id(item)] >= request.as_at - FRESH]
    if not mine:
        return ()
    if not fresh:
        last = date.fromordinal(max(ended.values()).toordinal() - 1)
        return (f"Nothing is known beyond {day_words(last)}",)
    beyond = [item for item in fresh if wording.is_beyond(item) and wording.is_settled(item)]
    beyond.sort(key=lambda item: not item.variation.startswith("concern"))
    if not beyond:
        return ("No last period is beyond its own limits",)
    return tuple(wording.statement(item) for item in beyond[:CHANGES])


def _posts(request: Request, unit: str) -> str:
    known = rows.typed(Strength, request.run("unit_strength", unit=unit))
    if not known or known[0]["posts"] is None:
        return ""
    last = known[0]
    filled = numbers.rate(last["in_post"], last["posts"])
    return f"{filled} posts filled, {dates.period(last['month'], 'month')}"
