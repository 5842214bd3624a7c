"""Values as JSON says them, and back: for the history and for dumps, alike on both databases."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Numeric,
    RowMapping,
    TypeDecorator,
)

from dashboard.errors import ContentError, turns_text


def plain(value: Any) -> Any:
    """A value of a column as JSON can say it: dates and times as ISO, money as digits.

    >>> plain(Decimal("12.50")), plain(date(2032, 7, 13))
    ('12.50', '2032-07-13')
    """
    if isinstance(value, datetime):
        # SQLite's times have no zone; all of the store's are UTC.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool | dict | list):
        return value
    raise TypeError(f"the store holds no {type(value).__name__}")


def plain_row(row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    """A row as JSON can say it, by column."""
    return {name: plain(value) for name, value in row.items()}


def typed(column: Column[Any], value: Any) -> Any:
    """What `plain` made of a column's value, as the column holds it; times have their zone."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, Numeric) and kind.asdecimal:
        return Decimal(str(value))
    return value


def typed_row(columns: Iterable[Column[Any]], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the history as its table's columns hold it today: a column added since is None."""
    return {column.name: typed(column, row.get(column.name)) for column in columns}


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as they are.

    raises  ContentError for text or a number that one of the databases can't hold, and for text
            that would steer whatever shows it
    """
    for name, value in values.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ContentError(f"{name} is a finite number; got: {value}")
        for said in _texts(value):
            if any("\ud800" <= letter <= "\udfff" or turns_text(letter) for letter in said):
                raise ContentError(f"{name} holds a character that can't be stored; remove it")
        if isinstance(value, dict | list):
            _numbers(name, value)
    return dict(values)


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _numbers(name: str, value: Any) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise ContentError(f"{name} holds a number that is none") from error
