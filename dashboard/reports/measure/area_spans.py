"""Which measures are counted borough by borough, and their rows in a span of whole months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypeAlias, TypedDict

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned

READ = timedelta(days=5 * 366)  # a span of a year, three before it, and what lags
STALE = timedelta(days=365)  # a measure whose figures ended longer ago is left out
TWELVE = "twelve"  # the span that is meant unless another is asked for
NOT_COVERED = "null: the span is not covered"


class Spanned(TypedDict):
    """What a measure counted in an area in a span of whole months."""

    measure: str
    borough: str
    years_ago: int  # 0: the span itself
    since: date
    until: date  # exclusive
    months: int
    numerator: Annotated[float | None, NOT_COVERED]
    denominator: Annotated[float | None, f"{NOT_COVERED}, or the measure is a count"]
    provisional: bool


ByAgo: TypeAlias = dict[int, list[Spanned]]


class Asked(TypedDict):
    """What borough_matrix is asked with."""

    unit: str | None
    since: date
    until: date  # exclusive
    span: str


def params_of(request: Request, span: str, unit: str | None, until: date | None) -> Asked:
    """What borough_matrix is asked with.

    unit   who investigates; None is whoever
    until  the day up to which months are counted (exclusive); None is the as-at
    """
    last = min(until or request.as_at, request.as_at)
    asked = None if unit == ours().force else unit
    return {"unit": asked, "since": last - READ, "until": last, "span": span}


@kept(64)
def spans(request: Request, span: str, unit: str | None, until: date | None) -> dict[str, ByAgo]:
    """Rows of borough_matrix by measure and years ago, in the plan's order, of the measures that
    any borough, not only the whole, counts; and lately."""
    params = params_of(request, span, unit, until)
    held: dict[str, ByAgo] = {}
    for row in rows.typed(Spanned, request.run("borough_matrix", **params)):
        held.setdefault(row["measure"], {}).setdefault(row["years_ago"], []).append(row)
    return {
        name: held[name]
        for name in request.measures
        if name in held and _counted(request, held[name].get(0, []), params["until"])
    }


def _counted(request: Request, spans: list[Spanned], until: date) -> bool:
    areas = request.catalogue.areas
    return any(
        row["numerator"] is not None
        and areas[row["borough"]].kind == "borough"
        and row["until"] >= until - STALE
        for row in spans
    )


class Mapped(TypedDict):
    """A measure that the page of all boroughs shows."""

    measure: str


@reckoned(Mapped)
def _mapped(request: Request) -> list[Mapped]:
    return [{"measure": name} for name in spans(request, TWELVE, None, None)]


def on_the_map(request: Request, measure: str) -> bool:
    """Whether the page of all boroughs shows the measure: a link to it leads somewhere."""
    return measure in {row["measure"] for row in _mapped(request)}
