"""Targets that OCUs propose within the control strategy: raised, accepted or declined, and listed.

Accepted ones reach the next snapshot that is published of a later day; no earlier one changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.roles import needs
from dashboard.catalogue import Priority, Target, accepted
from dashboard.decisions import proposals
from dashboard.decisions.proposals import ACCEPTED, DECLINED, PROPOSED, WITHDRAWN, Proposal
from dashboard.errors import NotAllowedError, NotFoundError, UsageError
from dashboard.periods import (
    Period,
    day_words,
    next_start,
    planning_year_start,
    planning_year_words,
)
from dashboard.queries import Measure
from dashboard.reports.accountability.units import rows_below
from dashboard.reports.measure import wording
from dashboard.reports.request import Request, clock, meetings
from dashboard.words import names, numbers, phrases

STATES = {
    PROPOSED: "waits for the board",
    ACCEPTED: "accepted",
    DECLINED: "declined",
    WITHDRAWN: "withdrawn",
}
WAITS = "null: it waits"


class Seen(TypedDict):
    """A proposal as somebody saw it."""

    id: str
    unit_code: str
    version: int


class Proposed(TypedDict):
    """A proposal in words."""

    id: str
    unit_code: str
    measure: str
    name: str
    year_words: str
    target: float  # in the unit of the measure, a rate in percent; or the change on the year in %
    target_words: str
    now_words: str  # the target in force; '' of none
    priority_words: str
    reason: str
    proposed_by: str
    state: str  # a key of STATES
    state_words: str
    decided_on: Annotated[date | None, WAITS]
    decided_by: Annotated[str | None, WAITS]
    decision: Annotated[str | None, f"{WAITS}, or nothing was said"]
    counts: bool  # whether the request's snapshot judges by it
    version: int


def may_propose(request: Request, unit: str) -> bool:
    """Whether the role proposes targets of an OCU: its own, or any where it is of none."""
    own = request.role.unit
    return "propose" in request.role.may and (
        own is None or request.catalogue.ocu_of(own) == request.catalogue.ocu_of(unit)
    )


def may_decide(request: Request) -> bool:
    """Whether the role accepts and declines, as it decides at the meeting."""
    return "decide" in request.role.may


def years(request: Request) -> list[Period]:
    """The planning years that a target can be proposed for: the one that runs, and the next."""
    now = planning_year_start(request.as_at)
    following = next_start(now, "year")
    return [Period(now, following), Period(following, next_start(following, "year"))]


def offered(request: Request, unit: str, year: Period) -> dict[str, Measure]:
    """The measures that an OCU can propose a target of: its own or those of all above it, which a
    priority of the control strategy in force at the year's start names."""
    ocu = request.catalogue.ocu_of(unit)
    above = {ocu, *request.catalogue.ancestors(ocu)}
    return {
        name: measure
        for name, measure in request.measures.items()
        if (request.catalogue.ocu_of(measure.owner) == ocu or measure.owner in above)
        and _served(request, name, year)
    }


def _served(request: Request, measure: str, year: Period) -> tuple[Priority, ...]:
    return request.catalogue.priorities_of(measure, year.since)


def propose(
    request: Request,
    who: str,
    said: Mapping[str, Any],
    at: datetime | None = None,
    proposal_id: str | None = None,
) -> Proposal:
    """Proposes a target of an OCU at the request's meeting.

    said    unit_code, measure, since (of a planning year), target, basis, reason
    raises  NotAllowedError for a role that may not propose it; UsageError for one outside the
            control strategy, or that the targets there are have no place for
    """
    unit, measure = request.catalogue.unit(said["unit_code"]), request.measure(said["measure"])
    if not may_propose(request, unit.code):
        needs(request.role, "propose")
        raise NotAllowedError(f"the role {request.role.said} proposes targets of its own unit")
    if unit.level != "ocu":
        raise UsageError(f"an OCU proposes its target; {unit.code} is a {unit.level}")
    year = next((item for item in years(request) if item.since == said["since"]), None)
    if year is None:
        raise UsageError("a target is proposed for the planning year that runs, or the next")
    if measure.id not in offered(request, unit.code, year):
        raise UsageError(
            f"no priority of the control strategy in {planning_year_words(year.since)} names "
            f"{measure.name} as work of {unit.code}"
        )
    values = {
        **{name: said.get(name) for name in ("target", "basis", "reason")},
        "unit_code": unit.code,
        "measure": measure.id,
        "since": year.since,
        "until": year.until,
        "priority": _served(request, measure.id, year)[0].code,
        "as_at": request.as_at,
        "snapshot_id": request.snapshot.id,
    }
    return proposals.propose(request.data, who, at or clock.moment(request), values, proposal_id)


def decide(
    request: Request,
    who: str,
    row: Seen,
    state: str,
    words: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Accepts, declines or withdraws a proposal at the request's meeting.

    row     as the person saw it
    raises  NotAllowedError for a role that may not; UsageError where the targets that there are
            have no place for it; ConflictError where somebody was faster
    """
    if state == WITHDRAWN:
        if not may_propose(request, row["unit_code"]):
            raise NotAllowedError(f"the role {request.role.said} proposed nothing for this unit")
    else:
        needs(request.role, "decide")
    stored = _stored(request, row["id"])
    moment = at or clock.moment(request, stored["changed_at"])
    if state == ACCEPTED and stored["state"] == PROPOSED:
        _has_place(request, proposals.as_target(stored, moment.date()))
    return proposals.decide(request.data, who, moment, row["id"], row["version"], state, words)


def _stored(request: Request, proposal_id: str) -> Proposal:
    every = proposals.proposals_at(request.data, clock.FOREVER)
    proposal = next((row for row in every if row["id"] == proposal_id), None)
    if proposal is None:
        raise NotFoundError("proposal", proposal_id)
    return proposal


def _has_place(request: Request, target: Target) -> None:
    """raises  UsageError where the target can't stand beside those that there are"""
    known = {*request.catalogue.targets, *proposals.accepted(request.data)}
    if reason := accepted.clash(target, known):
        raise UsageError(f"this target can't be accepted: {reason}")
    if target.set_on >= target.until:
        raise UsageError("this target can't be accepted: its year has ended")


def listed(request: Request, unit: str) -> Disclosed:
    """The proposals of `unit` and below it as they stood at the request's meeting: those that wait
    first, then the latest.

    counts  whether the request's snapshot judges by it
    """
    known = proposals.proposals_at(request.data, clock.end(request))
    proposed = [_row(request, row) for row in rows_below(request, unit, known)]
    proposed.sort(key=lambda row: row["state"] != PROPOSED)
    return request.disclose(
        rows.table(Proposed, proposed),
        title=_title(proposed),
        subtitle=f"{names.unit(request.catalogue, unit)}, as they stood at the meeting of "
        f"{day_words(meetings.day_of(request))}",
        notes=("An accepted target counts in snapshots of a later day than its acceptance.",),
    )


def _row(request: Request, row: Proposal) -> Proposed:
    measure = request.measures.get(row["measure"])
    day = row["decided_on"] or row["as_at"]  # what waits has no day yet
    target = replace(proposals.as_target(row, day), source="")
    taken = row["state"] == ACCEPTED and _same(request, target)
    priorities = {item.code: item.name for item in request.catalogue.priorities}
    return {
        "id": row["id"],
        "unit_code": row["unit_code"],
        "measure": row["measure"],
        "name": measure.name if measure else row["measure"],
        "year_words": planning_year_words(row["since"]),
        "target": float(row["target"]),
        "target_words": said(measure, target),
        "now_words": _now(request, measure, row),
        "priority_words": priorities.get(row["priority"], row["priority"]),
        "reason": row["reason"],
        "proposed_by": row["proposed_by"],
        "state": row["state"],
        "state_words": STATES[row["state"]],
        "decided_on": row["decided_on"],
        "decided_by": row["decided_by"],
        "decision": row["decision"],
        "counts": taken,
        "version": row["version"],
    }


def _same(request: Request, target: Target) -> bool:
    """Whether the snapshot's own targets hold an accepted one."""
    return any(replace(item, source="") == target for item in request.catalogue.targets)


def _now(request: Request, measure: Measure | None, row: Proposal) -> str:
    """The target that the snapshot knows of the same year, in words; '' of none."""
    held = request.catalogue.target(row["measure"], row["unit_code"], row["since"], request.as_at)
    return said(measure, held) if held else ""


def said(measure: Measure | None, target: Target) -> str:
    """'at least 40', 'at least 25 %', 'at most −5 % on last year'."""
    side = wording.SIDES.get(measure.better, "") if measure else ""
    if target.basis == "change_on_year":
        return f"{side}{numbers.signed(target.target)} % on last year"
    if measure is None:
        return numbers.number(target.target, 1)
    value = target.target / 100 if measure.is_rate else target.target
    return f"{side}{numbers.figure(value, measure.unit)}"


def _title(proposed: list[Proposed]) -> str:
    """'1 of 3 proposed targets waits for the board; 1 is accepted and not yet in the figures'."""
    if not proposed:
        return "No target has been proposed here"
    waiting = sum(row["state"] == PROPOSED for row in proposed)
    coming = sum(row["state"] == ACCEPTED and not row["counts"] for row in proposed)
    many = phrases.many(len(proposed), "proposed target")
    verb = "waits" if waiting == 1 else "wait"
    title = f"{waiting} of {many} {verb} for the board" if waiting else f"{many}, none waits"
    if waiting == len(proposed):
        title = f"{many} {verb} for the board"
    if coming:
        title += f"; {coming} {'is' if coming == 1 else 'are'} accepted and not yet in the figures"
    return phrases.sentence(title)
