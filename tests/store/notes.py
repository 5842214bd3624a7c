"""A table as a room of the house would declare it: every kind of column that the store holds."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Numeric, String

from dashboard.store import Moment, versioned
from dashboard.store.tables import Content

notes = versioned(
    "notes",
    Column("words", String(500)),
    Column("count", Integer),
    Column("cost", Numeric(12, 2)),
    Column("due", Date),
    Column("met", Moment),
    Column("open", Boolean),
    Column("more", Content),
    into=MetaData(),
)
