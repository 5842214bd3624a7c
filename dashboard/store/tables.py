"""The tables that every store has, and what a table that people edit is declared with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    # Names that both databases give alike, so that a migration can speak of them.
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment with its zone; kept as UTC, which SQLite doesn't say of a time by itself."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment has a zone; got: {value.isoformat()}")
        said = value.astimezone(UTC)
        return said.replace(tzinfo=None) if dialect.name == "sqlite" else said

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Content = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Counter = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts only an INTEGER on

history = Table(
    "history",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("table_name", String(63), nullable=False),
    Column("row_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", String(255), nullable=False),
    Column("at", Moment, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("before", Content),
    Column("after", Content, nullable=False),
    UniqueConstraint("table_name", "row_id", "version"),
    Index(None, "table_name", "at"),
)

person_drafts = Table(
    "drafts",
    metadata,
    Column("person", String(255), primary_key=True),
    Column("form", String(255), primary_key=True),
    Column("content", Content, nullable=False),
    Column("written_at", Moment, nullable=False),
)

kept_patterns = Table(
    "kept_patterns",
    metadata,
    Column("snapshot_id", String(64), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("as_at", Date, nullable=False, index=True),
    Column("pattern", Content, nullable=False),
    Column("written_at", Moment, nullable=False),
)

OWN = ("id", "version", "changed_by", "changed_at")  # columns that writing sets itself


class Versioned(TypedDict):
    """What every row that people edit has: a table's own columns stand in a class beside it."""

    id: str
    version: int
    changed_by: str
    changed_at: datetime


def versioned(name: str, *items: SchemaItem, into: MetaData = metadata) -> Table:
    """A table whose rows people edit: `items` beside id, version, changed_by and changed_at."""
    return Table(
        name,
        into,
        Column("id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("changed_by", String(255), nullable=False),
        Column("changed_at", Moment, nullable=False),
        *items,
    )
