"""The series of one measure, as any page reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, TypedDict

import pyarrow as pa

from dashboard.errors import NotFoundError
from dashboard.periods import calendar, period_start
from dashboard.reports.request import Request

YEAR = timedelta(days=366)  # of windows that a snapshot holds of boroughs


class Parts(TypedDict):
    """Both parts of a figure."""

    numerator: Annotated[float | None, "null: not covered, or a return was not sent"]
    denominator: Annotated[float | None, "null: a count, or not covered"]


class Period(Parts):
    """A period of a series."""

    period_start: date
    provisional: bool


class Counted(Period):
    """The same of a unit and an area."""

    unit_code: Annotated[str | None, "null: published counts, or none was asked for"]
    borough: Annotated[str | None, "null: all areas"]


def value_of(row: Parts, *, rate: bool) -> float | None:
    """The value of a period: its count, or of a rate the share of its cases; None without."""
    numerator, denominator = row["numerator"], row["denominator"]
    if not rate or numerator is None:
        return numerator
    return numerator / denominator if denominator else None


def series(
    request: Request,
    measure: str,
    *,
    level: str | None = None,
    unit: str | None = None,
    borough: str | None = None,
    grain: str | None = "month",
    since: date | None = None,
    until: date | None = None,
) -> pa.Table:
    """Rows of Counted.

    raises  NotFoundError for a measure, unit or borough that the catalogue has not.
    """
    request.measure(measure)
    if unit is not None and unit not in request.catalogue.units:
        raise NotFoundError("unit", unit, tuple(request.catalogue.units))
    if borough is not None and borough not in request.catalogue.areas:
        raise NotFoundError("borough", borough, tuple(request.catalogue.areas))
    asked: dict[str, Any] = {"unit": unit, "borough": borough, "since": since, "until": until}
    if held := published(request, level, grain, **asked):
        return request.run("published_series", measure=measure, grain=grain, **asked | held)
    return request.run("measure_series", measure=measure, level=level, grain=grain, **asked)


# Levels that a snapshot holds by month, and of boroughs, by the level of the unit asked for.
HELD = {
    "force": ("force", "directorate", "ocu", "branch"),
    "directorate": ("directorate", "ocu"),
    "ocu": ("ocu", "branch"),
}
OF_BOROUGHS = {"force": "borough", "ocu": "ocu_borough"}


def published(
    request: Request,
    level: str | None,
    grain: str | None,
    unit: str | None,
    borough: str | None,
    since: date | None,
    until: date | None,
) -> dict[str, Any] | None:
    """The level, and the unit, under which the snapshot holds these figures; None where it does
    not, and they are added up when asked."""
    own = request.catalogue.unit(unit or request.force).level
    if own not in HELD or not _whole_periods(request, grain, since, until):
        return None
    if borough is not None or level == "borough":
        windows = grain == calendar().grain and since and since >= request.as_at - YEAR
        fits = level in ("borough", own) and (grain == "month" or windows)
        return {"level": OF_BOROUGHS[own], "unit": unit} if fits and own in OF_BOROUGHS else None
    if not request.whole or grain != "month" or level not in HELD[own]:
        return None
    return {"level": level, "unit": unit if level == own or own != "force" else None}


def _whole_periods(
    request: Request, grain: str | None, since: date | None, until: date | None
) -> bool:
    """Whether a span cuts none of the periods that are known."""
    if grain is None or (since and period_start(since, grain) != since):
        return False
    return not until or until >= request.as_at or period_start(until, grain) == until
