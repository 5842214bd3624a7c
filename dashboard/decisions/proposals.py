"""Targets that an OCU proposes for itself and the board accepts or declines.

An accepted one is a dated row like those of targets.csv: set on the day of its acceptance, so that
snapshots of that day and before know nothing of it. It is never taken back: another is set later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import Column, Date, Index, Numeric, String, select

from dashboard import rows
from dashboard.catalogue import Target
from dashboard.decisions.tables import CODE, WORDS
from dashboard.errors import NotFoundError, UsageError
from dashboard.store import is_there, last_written, open_store, stood, versioned
from dashboard.store.tables import Versioned

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN = "proposed", "accepted", "declined", "withdrawn"
BASES = {"level": "level", "change_on_year": "change on last year, in %"}
MOST = Decimal(10) ** 11
PLACES = Decimal("0.0001")

proposals = versioned(
    "target_proposals",
    Column("measure", String(CODE), nullable=False),
    Column("unit_code", String(CODE), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("target", Numeric(16, 4), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("priority", String(CODE), nullable=False),  # of the control strategy that it serves
    Column("reason", String(WORDS), nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_on", Date),
    Column("decided_by", String(255)),
    Column("decision", String(WORDS)),  # what the board said of it
    Column("proposed_by", String(255), nullable=False),
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False),
    Index(None, "state"),
)


class Proposal(Versioned):
    """A row of `proposals`."""

    measure: str
    unit_code: str
    since: date
    until: date
    target: Decimal
    basis: str  # a key of BASES
    priority: str
    reason: str
    state: str
    decided_on: Annotated[date | None, "null: it waits"]
    decided_by: Annotated[str | None, "null: it waits"]
    decision: Annotated[str | None, "null: it waits, or nothing was said"]
    proposed_by: str
    as_at: date
    snapshot_id: str


def proposals_at(data: Path, moment: datetime) -> tuple[Proposal, ...]:
    """All proposals as they stood just before a moment of the as-at's clock, the latest first."""
    if not is_there(data):
        return ()
    return _known(data, moment, last_written(open_store(data)))


@lru_cache(maxsize=64)
def _known(data: Path, moment: datetime, _last: tuple[Any, ...]) -> tuple[Proposal, ...]:
    proposed = [rows.typed_row(Proposal, row) for row in stood(open_store(data), proposals, moment)]
    return tuple(sorted(proposed, key=lambda row: (row["as_at"], row["id"]), reverse=True))


def accepted(data: Path) -> tuple[Target, ...]:
    """The accepted targets of a data folder, as publishing takes them; none where nobody wrote."""
    if not is_there(data):
        return ()
    chosen = select(proposals).where(proposals.c.state == ACCEPTED)
    with open_store(data).reading() as connection:
        proposed = [
            rows.typed_row(Proposal, each) for each in connection.execute(chosen).mappings()
        ]
    told = ((row, row["decided_on"]) for row in sorted(proposed, key=lambda row: row["id"]))
    return tuple(as_target(row, day) for row, day in told if day is not None)


def as_target(row: Proposal, day: date) -> Target:
    """A proposal as a row of targets.csv, set on the day of its acceptance."""
    return Target(
        measure=row["measure"],
        unit_code=row["unit_code"],
        since=row["since"],
        until=row["until"],
        set_on=day,
        target=float(row["target"]),
        basis=row["basis"],
        status=ACCEPTED,
        source=f"proposed by {row['unit_code']}, accepted by the board",
    )


def number(said: Any) -> Decimal:
    """A target as it was typed; raises UsageError for what is none."""
    try:
        value = Decimal(str(said).replace(",", "").strip())
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) > MOST or value != value.quantize(PLACES):
        raise UsageError(f"a target is a number with at most four decimals; got: {said!r}")
    return value


def propose(
    data: Path, who: str, at: datetime, said: Mapping[str, Any], proposal_id: str | None = None
) -> Proposal:
    """A new proposal; raises UsageError for a field that lacks or can't be."""
    reason = str(said.get("reason") or "").strip()
    if not reason:
        raise UsageError("say why this target: what it rests on")
    if len(reason) > WORDS:
        raise UsageError(f"a reason has at most {WORDS:,} letters; it has {len(reason):,}")
    if said.get("basis") not in BASES:
        raise UsageError(f"basis is one of {', '.join(BASES)}; got: {said.get('basis')!r}")
    target = number(said.get("target"))
    if said["basis"] == "level" and target < 0:
        raise UsageError(f"a level is 0 or more; got: {said.get('target')!r}")
    values = {**said, "target": target, "reason": reason, "state": PROPOSED, "proposed_by": who}
    with open_store(data).writing(who, at) as writing:
        return rows.typed_row(Proposal, writing.add(proposals, values, proposal_id))


def decide(
    data: Path, who: str, at: datetime, proposal_id: str, version: int, state: str, words: str
) -> Proposal:
    """A proposal accepted, declined or withdrawn, on the day of `at`.

    words   of the board; needed where it is declined or withdrawn
    raises  UsageError for one that is decided; ConflictError where somebody was faster
    """
    said = words.strip()
    if state != ACCEPTED and not said:
        raise UsageError("say why: a proposal is declined or withdrawn with a reason")
    values = {
        "state": state,
        "decided_on": at.date(),
        "decided_by": who,
        "decision": said[:WORDS] or None,
    }
    with open_store(data).writing(who, at) as writing:
        chosen = select(proposals).where(proposals.c.id == proposal_id).with_for_update()
        row = writing.connection.execute(chosen).mappings().one_or_none()
        if row is None:
            raise NotFoundError("proposal", proposal_id)
        there = rows.typed_row(Proposal, dict(row))
        if there["version"] == version and there["state"] != PROPOSED:
            raise UsageError(f"this proposal is {there['state']} already")
        return rows.typed_row(Proposal, writing.change(proposals, proposal_id, version, values))
