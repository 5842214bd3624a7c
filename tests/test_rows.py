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
from dashboard.access.roles import LOCAL
from dashboard.access.scope import scope_of
from dashboard.decisions import proposals, signoffs, tables
from dashboard.errors import ContentError
from dashboard.snapshots import editions, relations, store
from tests import untyped

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
    assert rows.typed_row(Told, told) == told
    with pytest.raises(ContentError, match=r"Told .*\['days'\]"):
        rows.typed_row(Told, {"share": None, "unit_code": "A", "claims": 2, "words": "x"})


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


ASKED_FOR = sorted(set(_read()))


@pytest.fixture(scope="module")
def views(sample_snapshot):
    """What the queries of each kind are bound to."""
    scope = scope_of(LOCAL, relations.catalogue_of(sample_snapshot))
    with editions.views((sample_snapshot,), scope) as several:
        yield {"reports": store.views(sample_snapshot, scope), "across": several}


@pytest.mark.parametrize("module, kind, query", ASKED_FOR)
def test_a_query_returns_what_its_reader_declares(module, kind, query, views):
    declared = importlib.import_module(module)
    for part in kind.split("."):
        declared = getattr(declared, part)
    assert returned(query, views).items() >= wanted(declared).items()


def test_no_column_is_read_of_what_is_declared_nowhere():
    assert untyped.refused() == []
    counted = {module: len(there) for module, there in untyped.by_module().items()}
    assert counted == {module: most for module, (most, _) in untyped.OUTSIDE.items()}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("for row in request.run('x').to_pylist():\n  row['a']", ["a"]),
        ("rows = found.rows.to_pylist()\n return [row['a'] for row in rows]", ["a"]),
        ("return json.loads(words)['a']", ["a"]),
        ("rows = execute(asked).mappings().all()\n return rows[0]['a'], rows[-1]['b']", ["a", "b"]),
        ("return held['a']", ["a"]),  # a parameter: dict[str, Any]
        ("return [one['a'] for one in many]", ["a"]),  # a parameter: Iterable[Mapping[str, Any]]
        ("said: Sidecar = json.loads(words)\n return said['a']", []),
        ("return [row['a'] for row in rows.typed(Row, request.run('x'))]", []),
        ("return known['a']", []),  # a parameter: dict[str, date]
    ],
)
def test_a_read_of_what_is_declared_nowhere_is_found(body, found):
    """It was 371 of them, and a new one was seen by no check."""
    given = "held: dict[str, Any], many: Iterable[Mapping[str, Any]], known: dict[str, date]"
    said = list(untyped.reads(f"def report({given}):\n {body}\n"))
    assert sorted(name for _, name in said) == found


class Misread(TypedDict):
    period_start: str  # the query returns a day


def test_a_reader_of_another_type_is_found(views):
    assert not wanted(Misread).items() <= returned("all_series", views).items()


# What DuckDB calls the types of rows.ARROW.
TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
}


def wanted(kind: type) -> dict[str, str]:
    """The columns that a reader declares, with their types as DuckDB has them."""
    return {column.name: TYPES[column.type] for column in rows.schema(kind)}


def returned(name: str, views) -> dict[str, str]:
    """The columns that a query returns with their types, as it is bound to a snapshot."""
    kind = "reports" if name in queries.find("reports") else "across"
    query = queries.find(kind)[name]
    bound = views[kind].sql(query.sql, params=dict.fromkeys(query.parameters))
    return dict(zip(bound.columns, map(str, bound.types), strict=True))


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
