"""Insert, or else: the one statement that the two databases have in packages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(
    connection: Connection, table: Table, values: Mapping[str, Any], *, replace: bool
) -> Insert:
    """Inserts a row; where its key stands already, replaces it or leaves it as it is."""
    if connection.dialect.name == "postgresql":
        chosen: Any = postgresql.insert(table).values(values)
    else:
        chosen = sqlite.insert(table).values(values)
    keys = [column.name for column in table.primary_key]
    if not replace:
        return chosen.on_conflict_do_nothing(index_elements=keys)
    others = {name: value for name, value in values.items() if name not in keys}
    return chosen.on_conflict_do_update(index_elements=keys, set_=others)
