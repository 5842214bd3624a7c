"""Reading decisions as they stood at a moment: the heads of all, and the whole of those asked for.

A list of thousands is chosen and ordered by heads; only what is shown is read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypedDict, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select

from dashboard import rows
from dashboard.decisions.kept import Origin
from dashboard.decisions.tables import (
    Comment,
    Decision,
    Result,
    Seal,
    comments,
    decisions,
    results,
    seals,
)
from dashboard.store import Store, is_there, last_written, open_store, rows_at, stood, untouched
from dashboard.store.tables import Versioned, history

AT_ONCE = 500  # ids in one question
R = TypeVar("R", bound=Versioned)


class Raised(TypedDict):
    """What a decision was raised from."""

    origin: Origin | None


class Head(NamedTuple):
    """What a list of decisions is chosen and ordered by.

    moves   as the store holds them
    about   the measure of the alert that it was raised from
    until   end of the sealed horizon; None without a seal
    verdict, judged_at, judged_as_at  of its result; None before there is one
    """

    id: str
    meeting: date
    due: date
    state: str
    raised_from: str
    measure: str | None
    changed_at: datetime
    owner_unit: str
    moves: list[dict[str, Any]] | None
    about: str | None
    until: date | None = None
    verdict: str | None = None
    judged_at: datetime | None = None
    judged_as_at: date | None = None


COLUMNS = Head._fields[:9]  # of the decision's own table


@dataclass(frozen=True)
class Whole:
    """Some decisions with all that belongs to them, each by the decision's id.

    comments  how many there are
    """

    decisions: tuple[Decision, ...]
    seals: dict[str, Seal]
    results: dict[str, Result]
    comments: dict[str, int]


@dataclass(frozen=True)
class Book:
    """The decisions of a data folder as they stood just before a moment of the as-at's clock.

    heads  of all, by meeting

    What is read of them is held for as long as the book is good: nobody has written since.
    """

    data: Path
    moment: datetime
    heads: tuple[Head, ...]
    _held: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def rows(self, heads: Iterable[Head]) -> tuple[Decision, ...]:
        """The decisions themselves, in the order of their heads."""
        return self._decisions([head.id for head in heads])

    def _decisions(self, ids: Sequence[str]) -> tuple[Decision, ...]:
        return self._read(Decision, decisions, ids)

    def whole(self, heads: Iterable[Head]) -> Whole:
        """The decisions with what belongs to them, in the order of their heads."""
        ids = [head.id for head in heads]
        sealed = {row["id"]: row for row in self._read(Seal, seals, ids)}
        outcomes = {row["id"]: row for row in self._read(Result, results, ids)}
        return Whole(self._decisions(ids), sealed, outcomes, self._counted(ids))

    def said(
        self, ids: Sequence[str] | None = None, since: datetime | None = None
    ) -> list[Comment]:
        """Comments as they were made, the first first; one that was changed in its last words.

        ids    of decisions; of all where left out
        since  those made from then on
        """
        if not is_there(self.data):
            return []
        written: list[Comment] = []
        for chosen in [None] if ids is None else _parts(ids):
            wanted: list[ColumnElement[bool]] = (
                [] if chosen is None else [comments.c.decision_id.in_(chosen)]
            )
            if since is not None:
                wanted.append(comments.c.changed_at >= since)
            there = stood(open_store(self.data), comments, self.moment, *wanted)
            written += [rows.typed_row(Comment, row) for row in there]
        made = (row for row in written if since is None or row["changed_at"] >= since)
        return sorted(made, key=lambda row: (row["changed_at"], row["id"]))

    def _read(self, kind: type[R], table: Table, ids: Sequence[str]) -> tuple[R, ...]:
        held = self._held.setdefault(table.name, {})
        for chosen in _parts([key for key in ids if key not in held]):
            there = stood(open_store(self.data), table, self.moment, table.c.id.in_(chosen))
            held |= dict.fromkeys(chosen, {}) | {row["id"]: row for row in there}
        return tuple(rows.typed_row(kind, dict(row)) for key in ids if (row := held[key]))

    def _counted(self, ids: Sequence[str]) -> dict[str, int]:
        """How many comments each of the decisions had: those first written before the moment."""
        there = exists().where(
            history.c.table_name == comments.name,
            history.c.row_id == comments.c.id,
            history.c.version == 1,
            history.c.at < self.moment,
        )
        counts: dict[str, int] = {}
        for chosen in _parts(ids):
            asked = (
                select(comments.c.decision_id, func.count())
                .where(
                    comments.c.decision_id.in_(chosen),
                    (comments.c.changed_at < self.moment) | there,
                )
                .group_by(comments.c.decision_id)
            )
            with open_store(self.data).reading() as connection:
                counts |= {key: number for key, number in connection.execute(asked)}
        return counts


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(ids), AT_ONCE):
        yield ids[place : place + AT_ONCE]


def book(data: Path, moment: datetime) -> Book:
    """The decisions of a data folder as they stood just before a moment of the as-at's clock."""
    if not is_there(data):
        return Book(data, moment, ())
    store, key = open_store(data), (data, moment)
    last, before = last_written(store), _kept.get(key)
    if before is None or (before[0] != last and not untouched(store, TOLD, before[0])):
        before = last, Book(data, moment, _heads(store, moment))
    while len(_kept) >= MOST_KEPT and key not in _kept:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = last, before[1]
    return before[1]


# A page asks several times. By folder and moment: the last line of the history that was read, and
# the book up to it.
_kept: dict[tuple[Path, datetime], tuple[tuple[Any, ...], Book]] = {}
MOST_KEPT = 32
TOLD = (decisions, seals, results)  # what heads are read from


def _heads(store: Store, moment: datetime) -> tuple[Head, ...]:
    about = decisions.c.origin["measure"].as_string()
    light = select(*(decisions.c[name] for name in COLUMNS), about)
    later = select(decisions.c.id).where(decisions.c.changed_at >= moment)
    with store.reading() as connection:
        light_rows = [
            tuple(row) for row in connection.execute(light.where(decisions.c.changed_at < moment))
        ]
        until = _light(connection, seals, ("until",), moment)
        judged = _light(connection, results, ("verdict", "changed_at", "as_at"), moment)
    light_rows += [
        (*(row[name] for name in COLUMNS), _about(rows.typed_row(Raised, row)))
        for row in rows_at(store, decisions, moment, later, (*COLUMNS, "origin"))
    ]
    unsealed, unjudged = (None,), (None, None, None)
    heads = (
        Head(*row, *until.get(row[0], unsealed), *judged.get(row[0], unjudged))
        for row in light_rows
    )
    return tuple(sorted(heads, key=lambda head: (head.meeting, head.id)))


def _about(row: Raised) -> str | None:
    return (row["origin"] or {}).get("measure")


def _light(
    connection: Connection, table: Table, names: Sequence[str], moment: datetime
) -> dict[str, tuple[Any, ...]]:
    """Columns of seals or results, which are written once."""
    asked = select(table.c.id, *(table.c[name] for name in names))
    rows = connection.execute(asked.where(table.c.changed_at < moment))
    return {key: tuple(rest) for key, *rest in rows}
