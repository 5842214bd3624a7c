"""Every visit of two years, with the actions that came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.accountability.visit_calendar import years_of
from dashboard.reports.decisions import visits as of_visits
from dashboard.reports.decisions.visits import Visit
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept


class Planned(TypedDict):
    """A visit, as its unit's own plan has it."""

    visit_ref: str
    unit_code: str
    kind: str
    kind_words: str
    planned_on: date
    held_on: Annotated[date | None, "null: not held by the as-at"]
    days_over: Annotated[int | None, "null: held, or yet to come"]
    lead_post: Annotated[str | None, "null: not said who led it"]


class Followed(Planned):
    """The same with the actions that came of it, and what was known when it was held."""

    actions: int
    actions_open: int
    pack_as_at: Annotated[date | None, "null: nothing had been published by then"]


def visits(request: Request, unit: str) -> Disclosed:
    """Every visit of these two years in `unit` and below it, with the actions that came of it.

    What is overdue comes first, then what is planned next, then what was held last.
    actions, actions_open  decisions raised from the visit, and those of them not done yet
    pack_as_at             what was known when the visitor came, or is to come: the last as-at up to
                           that day; None where none was published. A pack of it is never another
    """
    planned = _visits(request, unit)
    known = of_visits.actions(request)
    followed: list[Followed] = []
    for row in rows.typed(Planned, planned.rows):
        made = known.get(row["visit_ref"], [])
        followed.append(
            {
                **row,
                "actions": len(made),
                "actions_open": sum(action["state"] == "open" for action in made),
                "pack_as_at": _known_on(request, row),
            }
        )
    return replace(planned, rows=rows.table(Followed, followed))


def _known_on(request: Request, row: Planned) -> date | None:
    """The last as-at up to the day of a visit, and up to that of the request."""
    day = min(row["held_on"] or max(row["planned_on"], request.as_at), request.as_at)
    return max((info.as_at for info in request.listed if info.as_at <= day), default=None)


def may_act(request: Request) -> bool:
    """Whether the role raises the actions of a visit, as it decides at the meeting."""
    return "decide" in request.role.may


@kept(32)
def _visits(request: Request, unit: str) -> Disclosed:
    years = years_of(request)
    planned: list[Planned] = [
        {
            **row,
            "kind_words": label(request, "visit_kind", row["kind"]),
            "days_over": (request.as_at - row["planned_on"]).days
            if row["held_on"] is None and row["planned_on"] < request.as_at
            else None,
        }
        for row in rows_below(request, unit, rows.typed(Visit, request.run("visits_known")))
        if years.since <= row["planned_on"] < years.until
    ]
    planned.sort(key=_turn)
    held = sum(row["held_on"] is not None for row in planned)
    many = f"{held} of {len(planned)} visits have been held"
    return request.disclose(
        rows.table(Planned, planned),
        title=many if planned else "No visit is known here",
        subtitle=f"planned {years.words}",
        query="visits_known",
        unit=unit,
    )


def _turn(row: Planned) -> tuple[int, int, str]:
    """A key that sorts visits: overdue, to come, held; held ones the latest first."""
    if row["held_on"]:
        return 2, -row["held_on"].toordinal(), row["unit_code"]
    return int(row["days_over"] is None), row["planned_on"].toordinal(), row["unit_code"]
