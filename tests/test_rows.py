"""Rows with types: what a TypedDict makes of a table, and queries held to who reads them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Annotated, NotRequired, TypedDict, get_args, get_type_hints

import pyarrow as pa
import pytest

from dashboard import queries, rows
from dashboard.decisions import proposals, signoffs, tables
from dashboard.errors import ContentError

ROOT = Path(__file__).parents[1]


class Team(TypedDict):
    unit_code: str
    claims: int
    share: Annotated[float | None, "null: no claim the year before"]
    days: list[date]


class Wrong(TypedDict):
    unit_code: set[str]


def test_a_table_has_the_columns_of_its_rows_in_their_order():
    row: Team = {"share": None, "unit_code": "A", "claims": 2, "days": [date(2032, 4, 1)]}
    found = rows.table(Team, [row])
    assert found.column_names == ["unit_code", "claims", "share", "days"]
    assert [field.nullable for field in found.schema] == [False, False, True, False]
    assert found.schema.field("days").type == pa.list_(pa.date32())
    assert rows.typed(Team, found) == [row]


def test_no_rows_have_columns_all_the_same():
    assert rows.table(Team, []).column_names == ["unit_code", "claims", "share", "days"]


def test_a_reader_is_told_which_columns_are_not_there():
    with pytest.raises(ContentError, match=r"Team .*'share', 'days'"):
        rows.typed(Team, pa.table({"unit_code": ["A"], "claims": [1]}))


class Told(Team):
    words: NotRequired[str]


def test_what_may_be_left_out_is_not_missed():
    told = {"share": None, "unit_code": "A", "claims": 2, "days": []}
    assert rows.of(Told, told) == told
    with pytest.raises(ContentError, match=r"Told .*\['days'\]"):
        rows.of(Told, {"share": None, "unit_code": "A", "claims": 2, "words": "x"})


def test_what_is_no_column_is_refused():
    with pytest.raises(ContentError, match="unit_code"):
        rows.table(Wrong, [])


# How a query is asked, and which of what it is asked with is its name.
ASKED = {"run": 0, "across": 1}


def _read() -> Iterator[tuple[str, str, str]]:
    """Module, class and query of each `rows.typed(Class, request.run("query", …))`, or of
    `editions.across(…, "query", …)`."""
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "rows.typed"):
                continue
            kind, asked = node.args
            if not (isinstance(asked, ast.Call) and isinstance(asked.func, ast.Attribute)):
                continue
            place = ASKED.get(asked.func.attr)
            if place is not None and isinstance(named := asked.args[place], ast.Constant):
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield module, ast.unparse(kind), named.value


@pytest.mark.parametrize("module, kind, query", sorted(set(_read())))
def test_a_query_returns_what_its_reader_declares(module, kind, query):
    declared = importlib.import_module(module)
    for part in kind.split("."):
        declared = getattr(declared, part)
    known = queries.find("reports") | queries.find("across")
    assert set(get_type_hints(declared)) <= set(known[query].returns)


@pytest.mark.parametrize(
    "kind, table",
    [
        (signoffs.Signoff, signoffs.signoffs),
        (proposals.Proposal, proposals.proposals),
        (tables.Decision, tables.decisions),
        (tables.Comment, tables.comments),
        (tables.Seal, tables.seals),
        (tables.Result, tables.results),
    ],
)
def test_a_row_of_the_store_has_the_columns_of_its_table(kind, table):
    declared = get_type_hints(kind)
    assert set(declared) == set(table.columns.keys())
    for column in table.columns:
        assert (NoneType in get_args(declared[column.name])) == column.nullable, column.name
