"""Writing decisions: raise, change, close, comment; how they stood at a moment is in reading.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dashboard import rows
from dashboard.decisions import fields
from dashboard.decisions.sealed import Judged, Sealed
from dashboard.decisions.tables import (
    WORDS,
    Comment,
    Decision,
    comments,
    decisions,
    results,
    seals,
)
from dashboard.errors import NotFoundError, UsageError
from dashboard.store import Change, changes, is_there, open_store
from dashboard.store.writing import Writing


def past_of(data: Path, decision_id: str) -> list[Change]:
    """Every change of a decision, the first first."""
    return changes(open_store(data), decisions, decision_id)


def raise_decision(
    data: Path,
    who: str,
    at: datetime,
    said: Mapping[str, Any],
    sealed: Sealed | None = None,
    decision_id: str | None = None,
) -> Decision:
    """Writes a decision and, in the same transaction, what is sealed with it.

    sealed  of `sealing.seal`; None where no count shows the effect
    raises  UsageError for a field that lacks or can't be
    """
    given = fields.checked(said)
    with open_store(data).writing(who, at) as writing:
        row = rows.typed_row(
            Decision, writing.add(decisions, {**given, "state": "open"}, decision_id)
        )
        if sealed is not None:
            _sealed(writing, row, sealed)
    return row


def _sealed(writing: Writing, row: Decision, sealed: Sealed) -> None:
    values = {
        "decision_id": row["id"],
        "as_at": row["as_at"],
        "snapshot_id": row["snapshot_id"],
        "until": date.fromisoformat(sealed["until"]),
        "sealed": dict(sealed),
    }
    writing.add(seals, values, row["id"])


def change(
    data: Path, who: str, at: datetime, decision_id: str, version: int, values: Mapping[str, Any]
) -> Decision:
    """The decision with `values`, which may not touch what was sealed.

    raises  UsageError for a sealed field or a state that can't follow; ConflictError where
            somebody was faster
    """
    if touched := sorted(set(values) & set(fields.SEALED)):
        raise UsageError(f"{', '.join(touched)} was sealed with the decision and can't be changed")
    with open_store(data).writing(who, at) as writing:
        before = _row(writing, decision_id)
        if before["version"] == version:
            if (state := values.get("state", before["state"])) != before["state"]:
                fields.follows(before["state"], state)
            fields.checked({**before, **values})
        return rows.typed_row(Decision, writing.change(decisions, decision_id, version, values))


def done(data: Path, who: str, at: datetime, decision_id: str, version: int, on: date) -> Decision:
    """The decision marked as done on a day."""
    return change(data, who, at, decision_id, version, {"state": "done", "done_on": on})


def withdraw(
    data: Path, who: str, at: datetime, decision_id: str, version: int, reason: str
) -> Decision:
    """The decision withdrawn; raises UsageError without a reason."""
    if not reason.strip():
        raise UsageError("say why the decision is withdrawn")
    values = {"state": "withdrawn", "reason": reason.strip()}
    return change(data, who, at, decision_id, version, values)


def comment(data: Path, who: str, at: datetime, decision_id: str, words: str) -> Comment:
    """A comment on a decision; raises UsageError without words."""
    if not words.strip():
        raise UsageError("a comment has words")
    with open_store(data).writing(who, at) as writing:
        _row(writing, decision_id)
        values = {"decision_id": decision_id, "words": words.strip()[:WORDS]}
        return rows.typed_row(Comment, writing.add(comments, values))


def keep_result(
    data: Path,
    who: str,
    at: datetime,
    decision_id: str,
    as_at: date,
    snapshot_id: str,
    judged: Judged,
) -> bool:
    """Writes a result once and marks the decision; False where it was judged before."""
    with open_store(data).writing(who, at) as writing:
        there = select(results.c.id).where(results.c.id == decision_id)
        row = _row(writing, decision_id)
        if writing.connection.execute(there).first() or row["state"] != "done":
            return False
        values = {
            "decision_id": decision_id,
            "as_at": as_at,
            "snapshot_id": snapshot_id,
            "verdict": judged["verdict"],
            "found": dict(judged),
        }
        writing.add(results, values, decision_id)
        writing.change(decisions, decision_id, row["version"], {"state": "known"})
    return True


def _row(writing: Writing, decision_id: str) -> Decision:
    # Locked, so that what is judged of it here is still true when it is written.
    chosen = select(decisions).where(decisions.c.id == decision_id).with_for_update()
    row = writing.connection.execute(chosen).mappings().one_or_none()
    if row is None:
        raise NotFoundError("decision", decision_id)
    return rows.typed_row(Decision, dict(row))


def sealed_snapshots(data: Path) -> frozenset[str]:
    """Ids of the snapshots that decisions were sealed on: pruning leaves them alone."""
    if not is_there(data):
        return frozenset()
    with open_store(data).reading() as connection:
        named = {*connection.execute(select(seals.c.snapshot_id)).scalars()}
        named |= {*connection.execute(select(decisions.c.snapshot_id)).scalars()}
        named |= {*connection.execute(select(results.c.snapshot_id)).scalars()}
    return frozenset(named)
