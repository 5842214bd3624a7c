"""Rows as the cross table that the screen shows: a line a value of one column, a column a value
of another."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access.disclosure import Across


def crossed(rows: pa.Table, across: Across) -> pa.Table:
    """The lines and columns in the order in which their values come; a column is called by its
    value, and hides what the column of the cells hides. A pair without a row is null."""
    down = rows.column(across.down).to_pylist()
    over = rows.column(across.over).to_pylist()
    cells = rows.column(across.value).to_pylist()
    held = {(line, head): cell for line, head, cell in zip(down, over, cells, strict=True)}
    lines, heads = list(dict.fromkeys(down)), list(dict.fromkeys(over))
    kept, field = rows.schema.field(across.down), rows.schema.field(across.value)

    def column(head: Any) -> pa.Array:
        return pa.array([held.get((line, head)) for line in lines], field.type)

    return pa.table(
        [pa.array(lines, kept.type), *map(column, heads)],
        schema=pa.schema([kept, *(field.with_name(str(head)) for head in heads)]),
    )
