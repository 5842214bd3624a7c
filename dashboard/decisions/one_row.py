"""A subject that people write on has one row: what they write next is its next version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import IntegrityError

from dashboard import rows
from dashboard.store import ConflictError, is_there, last_written, open_store, stood
from dashboard.store.writing import Row

S = TypeVar("S")
R = TypeVar("R")


def row_of(connection: Connection, table: Table, row_id: str) -> Row | None:
    """The row of a subject; None where nobody has written on it."""
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    return dict(row) if row else None


def now(data: Path, table: Table, row_id: str) -> Row | None:
    """The row as it stands, whenever it was written."""
    if not is_there(data):
        return None
    with open_store(data).reading() as connection:
        return row_of(connection, table, row_id)


def known(
    data: Path, table: Table, kind: type[R], moment: datetime, subject_of: Callable[[R], S]
) -> dict[S, R]:
    """Each subject's row, as `kind` declares it, as it stood just before a moment of the as-at's
    clock."""
    if not is_there(data):
        return {}
    last = last_written(open_store(data))
    return _known(data, table, kind, moment, subject_of, last)  # type: ignore[arg-type]  # hashable


@lru_cache(maxsize=128)
def _known(
    data: Path,
    table: Table,
    kind: type[R],
    moment: datetime,
    subject_of: Callable[[R], S],
    _last: tuple[Any, ...],
) -> dict[S, R]:
    kept_rows = (rows.typed_row(kind, row) for row in stood(open_store(data), table, moment))
    return {subject_of(row): row for row in kept_rows}


def put(
    data: Path,
    who: str,
    at: datetime,
    table: Table,
    row_id: str,
    values: Mapping[str, Any],
    version: int | None,
) -> Row:
    """Writes the row of a subject, or its next version.

    version  of the row that the person saw; None where there was none
    raises   ConflictError where somebody else has written it meanwhile
    """
    if version is not None:
        with open_store(data).writing(who, at) as writing:
            return writing.change(table, row_id, version, dict(values))
    try:
        with open_store(data).writing(who, at) as writing:
            if (there := row_of(writing.connection, table, row_id)) is not None:
                raise ConflictError({}, there, dict(values))
            return writing.add(table, dict(values), row_id)
    except IntegrityError as error:
        # PostgreSQL lets two begin at once: the second learns of the first when it writes.
        there = now(data, table, row_id)
        assert there is not None, "its id is taken, so its row is there"
        raise ConflictError({}, there, dict(values)) from error
