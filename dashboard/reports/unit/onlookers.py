"""Who looked at a unit's records, for those whose records they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.witness import audit_of
from dashboard.periods import LONDON, Period
from dashboard.reports.request import Request

DAYS = 28
ERASED = "erased"


class Looked(TypedDict):
    """Who looked at records, how often, at how many, and when last."""

    who: str
    views: int
    records: int
    last: str


def onlookers(request: Request, unit: str, today: date) -> Disclosed | None:
    """Who looked at the unit's records or took them in the last DAYS days, the most first.

    today   the day that is the last of them
    return  rows of Looked; None unless the unit is the role's own
    """
    from dashboard.access.audit import Kind  # late: no other report of a unit waits for SQLAlchemy
    from dashboard.access.audit_reading import Chosen, by_person

    units = {unit, *request.catalogue.descendants(unit)}
    own = request.role.unit
    if own is None or unit not in {own, *request.catalogue.descendants(own)}:
        return None
    span = Period(today - timedelta(days=DAYS - 1), today + timedelta(days=1))
    kinds = (Kind.record_view, Kind.export)
    chosen = Chosen(span.since, span.until, kinds, units=tuple(sorted(units)))
    looked: list[Looked] = [
        {
            "who": one.who or ERASED,
            "views": one.lines,
            "records": one.rows,
            "last": f"{one.last.astimezone(LONDON):%Y-%m-%d %H:%M}",
        }
        for one in by_person(audit_of(request.data), chosen)
    ]
    return request.disclose(
        rows.table(Looked, looked),
        title=_title(looked, unit),
        subtitle=span.words,
        notes=("own SQL that names no unit is not among them",),
        unit=unit,
    )


def _title(looked: list[Looked], unit: str) -> str:
    if not looked:
        return f"Nobody looked at records of {unit}"
    times = sum(row["views"] for row in looked)
    people = f"{len(looked)} people" if len(looked) > 1 else "One person"
    return f"{people} looked at records of {unit}, {times:,} time{'' if times == 1 else 's'} in all"
