"""Rows with types: a report's columns are declared once, as a TypedDict; all else comes of that.

The class is what mypy holds every reader to (a misspelt column is an error of `make lint`), what
the Arrow schema is made of, and what says of a column what its null means:

    class Team(TypedDict):
        unit_code: str
        claims: int
        share: Annotated[float | None, "null: the team had no claim the year before"]

Where it means a count of people that may not be told, the meaning is a Hidden, which the schema
carries to every form of the result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, NotRequired, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import pyarrow as pa

from dashboard.errors import ContentError

Row = TypeVar("Row")

ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}
HIDDEN, ALONE, AMONG = b"hidden", b"alone", b"among"  # of a field's metadata


class Hidden(str):
    """What a column's null means: a count that is hidden; or, not `alone`, that or another thing,
    which one the row's other counts tell."""

    __slots__ = ("alone",)
    alone: bool

    def __new__(cls, said: str, alone: bool = True) -> Hidden:
        made = super().__new__(cls, said)
        made.alone = alone
        return made


def schema(kind: type[Any]) -> pa.Schema:
    """The Arrow schema of a TypedDict: its keys in order, nullable where it allows None.

    Lists are columns of lists; what else is no column type raises ContentError.
    """
    known: pa.Schema = _schema(kind)  # type: ignore[arg-type]  # a TypedDict may be hashed
    return known


def table(kind: type[Row], rows: list[Row]) -> pa.Table:
    """Rows as the table that a report discloses: the columns of `kind`, in its order."""
    return pa.Table.from_pylist(rows, schema(kind))


def typed(kind: type[Row], source: pa.Table) -> list[Row]:
    """The rows of a table as what they were declared to be.

    A table may hold more columns than the reader asks for; it lacks none, or ContentError names
    those that are missing.
    """
    _holds(kind, source.column_names)
    rows: list[Row] = source.to_pylist()
    return rows


def typed_row(kind: type[Row], stored: Mapping[Any, Any]) -> Row:
    """A row of the store as what it was declared to be; ContentError names what it lacks."""
    _holds(kind, stored)
    return cast(Row, stored)


def _holds(kind: Any, there: Collection[str]) -> None:
    lacking = [name for name in _names(kind) if name not in there]
    if lacking:
        raise ContentError(f"{kind.__name__} asks for columns that are not there: {lacking}")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The columns that are always there."""
    hints = get_type_hints(kind, include_extras=True)
    # Of a class whose hints are strings, as they are here, Python itself takes all as required.
    needed = (name for name, hint in hints.items() if get_origin(hint) is not NotRequired)
    return tuple(name for name in needed if name in kind.__required_keys__)


@cache
def _schema(kind: Any) -> pa.Schema:
    said = get_type_hints(kind, include_extras=True)
    return pa.schema(
        [
            _field(name, hint).with_metadata(_hiding(said[name]))
            for name, hint in get_type_hints(kind).items()
        ]
    )


def _field(name: str, hint: Any) -> pa.Field:
    nullable, kind = _split(hint)
    if get_origin(kind) is list:
        return pa.field(name, pa.list_(ARROW[_split(get_args(kind)[0])[1]]), nullable)
    if kind not in ARROW:
        raise ContentError(f"{name}: {kind} is no type of a column")
    return pa.field(name, ARROW[kind], nullable)


def _hiding(hint: Any) -> dict[bytes, bytes] | None:
    means = (note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Hidden))
    hidden = next(means, None)
    return None if hidden is None else {HIDDEN: ALONE if hidden.alone else AMONG}


def _split(hint: Any) -> tuple[bool, Any]:
    """Whether None is allowed, and what else it may be."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return True, kinds[0]
    return False, hint
