"""Codes of a result by their names: in their place, or in a column beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.words.headings import (
    heading,
)
from dashboard.words.phrases import listed

CODE = " (code)"  # in a heading
NAME = ".name"  # after the column of a code: the column of its names
NAMING = ("name", "label")  # columns that may name any code of their row


def with_names(disclosed: Disclosed, rows: pa.Table, own: bool) -> tuple[pa.Table, dict[str, str]]:
    """The rows with the names of their codes: in place of words of the program, in a column of
    their own before codes that rows are joined by, unless another column says them already; and
    the headings of both."""
    heads: dict[str, str] = {}
    for name, names in disclosed.names.items() if not own else ():
        if name not in rows.column_names:
            continue
        at = rows.column_names.index(name)
        codes = rows.column(name).to_pylist()
        said = pa.array([_called(code, names.called) for code in codes], pa.string())
        if not names.beside:
            rows = rows.set_column(at, name, said)
            continue
        plain = heading(name).removesuffix(CODE)
        heads[name] = f"{plain}{CODE}" if not plain.endswith(")") else f"{plain[:-1]}, code)"
        if not _tells(rows, name, said):
            rows = rows.add_column(at, f"{name}{NAME}", said)
            heads[f"{name}{NAME}"] = plain
    return rows, heads


def _called(code: Any, called: Mapping[str, str]) -> Any:
    """A cell's code or codes by their names; what has none stays."""
    if isinstance(code, list):
        return listed([called.get(item, item) for item in code if item])
    return called.get(code, code)


def _tells(rows: pa.Table, name: str, said: pa.Array) -> bool:
    """Whether another column has the names of a column's codes already: one called after it, or
    the row's own name where that is what the code is called, in most rows."""
    stem = name.removesuffix("_code")
    if {f"{stem}_name", f"{name}_name", f"{name}_words"} & set(rows.column_names):
        return True
    for other in set(NAMING) & set(rows.column_names):
        pairs = zip(rows.column(other).to_pylist(), said.to_pylist(), strict=True)
        same = [own == words for own, words in pairs]
        if 2 * sum(same) >= len(same):
            return True
    return False


def short_heading(head: str) -> str:
    """A heading where there is little room."""
    plain = head.removesuffix(CODE).removesuffix(" in words")
    return f"{plain.removesuffix(', code)')})" if plain.endswith(", code)") else plain
