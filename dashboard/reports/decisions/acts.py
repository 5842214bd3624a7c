"""What people do to decisions at a meeting: raise, change, close, comment; and what is judged.

Each act is written at a moment of the as-at's clock, under a name that `access` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, cast

from dashboard import rows
from dashboard.access.roles import needs
from dashboard.decisions import book, fields, moves, reading, sealing
from dashboard.decisions.fields import Given
from dashboard.decisions.kept import KeptMove
from dashboard.decisions.sealed import Judged, Sealed
from dashboard.decisions.sealing import Reach
from dashboard.decisions.tables import Comment, Decision
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import calendar
from dashboard.reports.decisions import lending, prospects, reach
from dashboard.reports.request import Request, clock

PROGRAM = "the program"  # who judges


class Budget(TypedDict):
    """A row of the query overtime_budget; pence."""

    hours: float | None
    profiled_pence: int | None


def may(request: Request) -> bool:
    """Whether the role decides."""
    return "decide" in request.role.may


def _needs(request: Request) -> None:
    needs(request.role, "decide")


def decide(request: Request, who: str, said: Mapping[str, Any]) -> Decision:
    """Raises a decision at the request's meeting, and seals what it expects.

    said    as dashboard.decisions.fields.checked takes it, but for what the request knows;
            `moves` as somebody typed them
    raises  UsageError, NotFoundError for what can't be; NotAllowedError for a role that may not
    """
    _needs(request)
    given = at_meeting(request, said)
    _can_lend(request, given["moves"] or ())
    sealed = None
    if given.get("measure"):
        sealed = seal(request, given)
    return book.raise_decision(request.data, who, clock.moment(request), given, sealed)


def at_meeting(request: Request, said: Mapping[str, Any]) -> Given:
    """The fields with what the request knows of them; units and boroughs checked."""
    given = cast(Given, dict(said))
    given["meeting"], given["as_at"] = request.meeting, request.as_at
    given["snapshot_id"] = request.snapshot.id
    given["moves"] = [item.kept() for item in _moves(request, said.get("moves") or ())]
    if unit := given.get("owner_unit"):  # what lacks is named with all else that does
        request.catalogue.unit(unit)
    for code in given.get("boroughs") or ():
        if code not in request.catalogue.areas:
            raise NotFoundError("borough", code, tuple(request.catalogue.areas))
    if name := given.get("measure"):
        given["unit"] = given.get("unit") or request.measure(name).owner
        if (ratio := given.get("ratio")) is not None:
            given["ratio"] = Decimal(str(ratio)).quantize(Decimal("0.001"))
    return given


def _moves(request: Request, said: Any) -> list[moves.Move]:
    plain = plain_rate(request)
    return [moves.move(request.catalogue, request.meeting, item, plain) for item in said]


def _can_lend(request: Request, kept: Iterable[KeptMove]) -> None:
    """Raises UsageError where a unit would lend more officers than it has in post."""
    lent = [item for item in moves.kept_moves(kept) if item.officers]
    if lent:
        ocus = {item.giver: request.catalogue.ocu_of(item.giver) for item in lent}
        lending.check(lent, ocus, lending.in_post(request))


def plain_rate(request: Request) -> Decimal | None:
    """Pounds of a plain hour: what the directorate budgets for an hour of overtime, at time and
    a third; None where no budget is loaded."""
    since = request.as_at.replace(day=1)
    budget = rows.typed(Budget, request.run("overtime_budget", since=since, until=request.as_at))
    hours = sum(row["hours"] or 0 for row in budget)
    if not hours:
        return None
    pounds = Decimal(sum(row["profiled_pence"] or 0 for row in budget)) / 100
    times = moves.multiplier(request.catalogue, "planned", request.meeting)
    return (pounds / Decimal(str(hours)) / times).quantize(moves.PENNY)


def seal(request: Request, said: Given) -> Sealed:
    """What is sealed with a decision of these fields, of which a measure is one.

    raises  UsageError where no effect can be told of its series
    """
    given = fields.checked(said)
    measure, unit = given.get("measure"), given.get("unit")
    ratio, horizon = given.get("ratio"), given.get("horizon")
    if measure is None or unit is None or ratio is None or horizon is None:
        raise UsageError("no count shows the effect of this decision")
    others = reading.book(request.data, clock.end(request))
    told = prospects.prospect(
        request,
        measure,
        unit,
        tuple(given.get("boroughs") or ()),
        float(ratio),
        horizon,
        prospects.taken(others, measure),
    )
    if told.sealed is None:
        raise UsageError(told.sentences[0].rstrip("."))
    return told.sealed


def change(
    request: Request, who: str, decision_id: str, version: int, said: Mapping[str, Any]
) -> Decision:
    """A decision changed in what was not sealed, on the version that the person saw."""
    _needs(request)
    values = dict(said)
    if "moves" in said:
        moves = [item.kept() for item in _moves(request, said.get("moves") or ())]
        _can_lend(request, moves)
        values |= {"moves": moves}
    if "owner_unit" in said:
        request.catalogue.unit(said.get("owner_unit", ""))
    moment = _after(request, decision_id)
    return book.change(request.data, who, moment, decision_id, version, values)


def done(request: Request, who: str, decision_id: str, version: int) -> Decision:
    """A decision reported done at the request's meeting."""
    _needs(request)
    moment = _after(request, decision_id)
    return book.done(request.data, who, moment, decision_id, version, moment.date())


def withdraw(request: Request, who: str, decision_id: str, version: int, reason: str) -> Decision:
    """A decision withdrawn with its reason."""
    _needs(request)
    moment = _after(request, decision_id)
    return book.withdraw(request.data, who, moment, decision_id, version, reason)


def comment(request: Request, who: str, decision_id: str, words: str) -> Comment:
    """A comment on a decision."""
    return book.comment(request.data, who, clock.moment(request), decision_id, words)


def _after(request: Request, decision_id: str) -> Any:
    changed = book.past_of(request.data, decision_id)
    return clock.moment(request, changed[-1].at if changed else None)


def judge_due(request: Request) -> list[str]:
    """Judges every decision that is done and whose horizon the request knows whole; once each.

    return  ids of those judged now
    """
    known = reading.book(request.data, clock.end(request))
    due = [
        head
        for head in known.heads
        if head.state == "done"
        and head.verdict is None
        and head.until is not None
        and head.until <= request.fortnight.until
    ]
    parts, judged = known.whole(due), []
    for row in parts.decisions:
        result = _judged(request, row, parts.seals[row["id"]]["sealed"])
        if result is None:
            continue
        moment = _after(request, row["id"])
        written = book.keep_result(
            request.data, PROGRAM, moment, row["id"], request.as_at, request.snapshot.id, result
        )
        if written:
            judged.append(row["id"])
    return judged


def _judged(request: Request, row: Decision, sealed: Sealed) -> Judged | None:
    codes = (sealed["treated"], sealed["compared"], sealed["touching"])
    where = Reach(*map(tuple, codes))
    since = date.fromisoformat(sealed["since"])
    until = since + sealed["horizon"] * calendar().window
    caps = sealed.get("caps", {})
    measure, unit = row["measure"] or "", row["unit"] or ""  # what is sealed has both
    came = reach.horizon_counts(request, measure, unit, where, since, until, caps)
    if came is None:
        return None
    touching = came.touching if where.touching else None
    return sealing.judge(sealed, came.treated, came.compared, touching, came.each)
