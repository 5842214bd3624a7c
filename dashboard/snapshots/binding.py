"""Can every query be bound? Asked of an empty snapshot, so that a misspelt column shows at once.

DuckDB names and types what a select returns before it runs it; what a header promises is held
against that.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from dashboard import ingest, queries
from dashboard.access.roles import LOCAL
from dashboard.access.scope import scope_of
from dashboard.catalogue import Catalogue
from dashboard.queries.counting import COLUMNS
from dashboard.queries.files import Query, place_of
from dashboard.snapshots import editions, fault_rules, marts, store
from dashboard.snapshots.publishing import publish

AS_AT = date(2031, 7, 14)  # no figure comes of it: there are no rows
MEASURED = ("VARCHAR", "DATE", *["VARCHAR"] * 4, "DOUBLE", "DOUBLE")  # types of COLUMNS
FAULTY = ("crime_ref", "ocu", "branch", "borough", "reported_on", "open_since")


def faults(catalogue: Catalogue) -> list[str]:
    """A sentence for every query that can't be bound, returns what its header does not say, or
    names what the catalogue has not.

    Where what is run at publish is at fault, the questions that stand on it are not asked.
    """
    said = [*queries.faults_beside(catalogue), *published_faults(catalogue)]
    return said or list(_asked_faults(catalogue))


def published_faults(catalogue: Catalogue) -> Iterator[str]:
    """The faults of what is run at publish: fault rules, marts, measures."""
    with duckdb.connect() as connection:
        marts.register_catalogue(connection, catalogue)
        empty_facts(connection)
        rules = [rule.query for rule in queries.fault_rules().values()]
        if said := [line for rule in rules for line in _differences(connection, rule, FAULTY)]:
            yield from said
            return
        fault_rules.register_spans(connection)
        for mart in queries.find("marts").values():
            if said := list(_differences(connection, mart, mart.returns)):
                yield from said
                return
            _bound(connection, mart).create(mart.name)
        for measure in queries.measures().values():
            yield from _differences(connection, measure.query, COLUMNS, MEASURED)


def empty_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """A table without rows for every kind of source, of the columns of its contract."""
    for kind in ingest.KINDS:
        typed = ingest.contract_columns(kind) | {"vintage": "date"}
        listed = ", ".join(f"{name} {type_}" for name, type_ in typed.items())
        connection.execute(f"create table {kind} ({listed})")


def _asked_faults(catalogue: Catalogue) -> Iterator[str]:
    """The faults of the questions asked of one snapshot and of several, on one without rows."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        shutil.copytree(catalogue.folder, data / "catalogue")
        info = publish(AS_AT, data)
        scope = scope_of(LOCAL, catalogue)
        for kind, views in (
            ("reports", store.views(info, scope)),
            ("across", editions.views((info,), scope)),
        ):
            with views:
                for query in queries.find(kind).values():
                    yield from _differences(views, query, query.returns)


def _differences(
    connection: duckdb.DuckDBPyConnection,
    query: Query,
    returns: Sequence[str],
    types: Sequence[str] = (),
) -> Iterator[str]:
    """What a select returns beside what is promised, one sentence each with its file."""
    place = place_of(query.path)
    try:
        bound = _bound(connection, query)
    except duckdb.Error as error:
        yield f"{place}: {_said(error)}"
        return
    columns, given = list(bound.columns), [str(kind) for kind in bound.types]
    if columns != list(returns):
        yield f"{place}: it returns {', '.join(columns)}; its header says {', '.join(returns)}"
    elif types and given != list(types):
        for name, kind, wanted in zip(columns, given, types, strict=True):
            if kind != wanted:
                yield f"{place}: {name} is {kind}; write {name}::{wanted.lower()}"


def _bound(connection: duckdb.DuckDBPyConnection, query: Query) -> duckdb.DuckDBPyRelation:
    values = {"as_at": AS_AT, "after_days": 0, "within_days": 0}
    return connection.sql(query.sql, params={name: values.get(name) for name in query.parameters})


def _said(error: duckdb.Error) -> str:
    """DuckDB's reason and what it would have us write, in a line."""
    lines = [line.strip() for line in str(error).splitlines()]
    nearest = [line for line in lines[1:] if line.startswith(("Candidate", "Did you mean"))]
    return " ".join([lines[0].partition(": ")[2] or lines[0], *nearest])
