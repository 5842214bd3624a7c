"""Writing and reading decisions: raise, change, close, comment; and how they stood at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dashboard.decisions import fields
from dashboard.decisions.tables import WORDS, comments, decisions, results, seals
from dashboard.errors import NotFoundError, UsageError
from dashboard.store import Change, changes, is_there, last_written, open_store, since, stood
from dashboard.store.plain import typed_row
from dashboard.store.writing import Row, Writing


@dataclass(frozen=True)
class Book:
    """All decisions as they stood at one moment; every table by the decision's id."""

    decisions: tuple[Row, ...]
    seals: dict[str, Row]
    results: dict[str, Row]
    comments: dict[str, tuple[Row, ...]]


def book(data: Path, moment: datetime) -> Book:
    """The decisions of a data folder as they stood just before a moment of the as-at's clock."""
    if not is_there(data):
        return Book((), {}, {}, {})
    # A page asks several times: only what was written since is read again.
    last = last_written(open_store(data))
    key = (data, moment)
    before = _read.get(key)
    if before is None or before[0] != last:
        found = _later(data, moment, *before) if before else None
        while len(_read) >= MOST_READ:
            _read.pop(next(iter(_read)), None)
        _read[key] = before = (last, found or _whole(data, moment))
    return before[1]


# By folder and moment: the last line of the history that was read, and the book up to it.
_read: dict[tuple[Path, datetime], tuple[tuple[Any, ...], Book]] = {}
MOST_READ = 32


def _later(data: Path, moment: datetime, last: tuple[Any, ...], held: Book) -> Book | None:
    """The book with what was written after the `last` line; None where it has to be read anew."""
    store = open_store(data)
    names = {table.name: table for table in (decisions, comments, seals, results)}
    lines = since(store, tuple(names), last) if last else None
    if lines is None:
        return None
    rows: dict[str, dict[str, Row]] = {name: {} for name in names}
    for line in lines:
        if line["at"] < moment:
            table = line["table_name"]
            rows[table][line["row_id"]] = typed_row(names[table], line["after"])
    changed = {row["id"]: row for row in held.decisions} | rows["decisions"]
    said = dict(held.comments)
    for row in rows["decision_comments"].values():
        said[row["decision_id"]] = _in_order([*said.get(row["decision_id"], ()), row])
    return Book(
        _by_meeting(changed.values()) if rows["decisions"] else held.decisions,
        held.seals | _by_decision(rows["decision_seals"].values()),
        held.results | _by_decision(rows["decision_results"].values()),
        said,
    )


def _whole(data: Path, moment: datetime) -> Book:
    store = open_store(data)
    rows = {table.name: stood(store, table, moment) for table in (decisions, seals, results)}
    said: dict[str, list[Row]] = {}
    for row in stood(store, comments, moment):
        said.setdefault(row["decision_id"], []).append(row)
    return Book(
        _by_meeting(rows["decisions"]),
        _by_decision(rows["decision_seals"]),
        _by_decision(rows["decision_results"]),
        {key: _in_order(value) for key, value in said.items()},
    )


def _by_meeting(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row["meeting"], row["id"])))


def _by_decision(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["decision_id"]: row for row in rows}


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Comments as they were made; one that was changed since in its last words."""
    held = {row["id"]: row for row in rows}
    return tuple(sorted(held.values(), key=lambda row: row["changed_at"]))


def past_of(data: Path, decision_id: str) -> list[Change]:
    """Every change of a decision, the first first."""
    return changes(open_store(data), decisions, decision_id)


def raise_decision(
    data: Path,
    who: str,
    at: datetime,
    said: Mapping[str, Any],
    sealed: Mapping[str, Any] | None = None,
    decision_id: str | None = None,
) -> Row:
    """Writes a decision and, in the same transaction, what is sealed with it.

    sealed  of `sealing.seal`; None where no count shows the effect
    raises  UsageError for a field that lacks or can't be
    """
    given = fields.checked(said)
    with open_store(data).writing(who, at) as writing:
        row = writing.add(decisions, {**given, "state": "open"}, decision_id)
        if sealed is not None:
            _sealed(writing, row, sealed)
    return row


def _sealed(writing: Writing, row: Row, sealed: Mapping[str, Any]) -> None:
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
) -> Row:
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
        return writing.change(decisions, decision_id, version, values)


def done(data: Path, who: str, at: datetime, decision_id: str, version: int, on: date) -> Row:
    """The decision marked as done on a day."""
    return change(data, who, at, decision_id, version, {"state": "done", "done_on": on})


def withdraw(
    data: Path, who: str, at: datetime, decision_id: str, version: int, reason: str
) -> Row:
    """The decision withdrawn; raises UsageError without a reason."""
    if not reason.strip():
        raise UsageError("say why the decision is withdrawn")
    values = {"state": "withdrawn", "reason": reason.strip()}
    return change(data, who, at, decision_id, version, values)


def comment(data: Path, who: str, at: datetime, decision_id: str, words: str) -> Row:
    """A comment on a decision; raises UsageError without words."""
    if not words.strip():
        raise UsageError("a comment has words")
    with open_store(data).writing(who, at) as writing:
        _row(writing, decision_id)
        values = {"decision_id": decision_id, "words": words.strip()[:WORDS]}
        return writing.add(comments, values)


def keep_result(
    data: Path,
    who: str,
    at: datetime,
    decision_id: str,
    as_at: date,
    snapshot_id: str,
    found: Mapping[str, Any],
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
            "verdict": found["verdict"],
            "found": dict(found),
        }
        writing.add(results, values, decision_id)
        writing.change(decisions, decision_id, row["version"], {"state": "known"})
    return True


def _row(writing: Writing, decision_id: str) -> Row:
    # Locked, so that what is judged of it here is still true when it is written.
    chosen = select(decisions).where(decisions.c.id == decision_id).with_for_update()
    row = writing.connection.execute(chosen).mappings().one_or_none()
    if row is None:
        raise NotFoundError("decision", decision_id)
    return dict(row)


def sealed_snapshots(data: Path) -> frozenset[str]:
    """Ids of the snapshots that decisions were sealed on: pruning leaves them alone."""
    if not is_there(data):
        return frozenset()
    with open_store(data).reading() as connection:
        named = {*connection.execute(select(seals.c.snapshot_id)).scalars()}
        named |= {*connection.execute(select(decisions.c.snapshot_id)).scalars()}
        named |= {*connection.execute(select(results.c.snapshot_id)).scalars()}
    return frozenset(named)
