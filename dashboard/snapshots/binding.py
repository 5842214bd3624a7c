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
from dashboard.access import records
from dashboard.access.roles import LOCAL
from dashboard.access.scope import scope_of
from dashboard.catalogue import Catalogue
from dashboard.queries import predicates
from dashboard.queries.counting import COLUMNS, CRIMES, FAULTS, RETURNS
from dashboard.queries.files import PARAMETER, Query, place_of
from dashboard.snapshots import editions, fault_rules, marts, store
from dashboard.snapshots.publishing import publish

AS_AT = date(2031, 7, 14)  # no figure comes of it: there are no rows
MEASURED = ("VARCHAR", "DATE", *["VARCHAR"] * 4, "DOUBLE", "DOUBLE")  # types of COLUMNS
VALUES = {"as_at": AS_AT, "after_days": 0, "within_days": 0}
# The table of the records that a header's expressions are over.
RECORDS_OF = {CRIMES: "crimes", FAULTS: "fault_weeks", RETURNS: "return_periods"}
FAULTY = ("crime_ref", "ocu", "branch", "borough", "reported_on", "open_since")


def faults(catalogue: Catalogue) -> list[str]:
    """A sentence for every query that can't be bound, returns what its header does not say, or
    names what the catalogue has not.

    Where what is run at publish is at fault, the questions that stand on it are not asked.
    """
    said = [*queries.faults_beside(catalogue), *closed_faults(catalogue)]
    said += published_faults(catalogue)
    return said or list(_asked_faults(catalogue))


def closed_faults(catalogue: Catalogue) -> Iterator[str]:
    """The headers that count by what no figure may tell apart: one record, or people by a group.

    Whether a group was recorded may be counted; which one it is, is counted behind suppression.
    """
    for query in [*queries.measure_files(catalogue.directorate), *queries.find("faults").values()]:
        for key in (key for key in ("records", "numerator") if key in query.header):
            for name, values in predicates.columns(query.header[key]).items():
                if name in records.REFERENCES:
                    yield f"{place_of(query.path)}: {key} names {name}, which is one record's alone"
                if name in records.PROTECTED and not values <= set(records.UNTOLD):
                    yield (
                        f"{place_of(query.path)}: {key} tells people apart by {name}: "
                        f"it may ask only whether it is {' or '.join(records.UNTOLD)}"
                    )


def published_faults(catalogue: Catalogue) -> Iterator[str]:
    """The faults of what is run at publish: fault rules, marts, measures."""
    with duckdb.connect() as connection:
        marts.register_catalogue(connection, catalogue)
        empty_facts(connection)
        rules = [rule.query for rule in queries.fault_rules().values()]
        said = [line for rule in rules for line in _differences(connection, rule, FAULTY)]
        said = said or [line for rule in rules for line in _no_conditions(connection, rule)]
        if said:
            yield from said
            return
        fault_rules.register_spans(connection)
        for mart in queries.find("marts").values():
            if said := list(_differences(connection, mart, mart.returns)):
                yield from said
                return
            _bound(connection, mart).create(mart.name)
        made = [measure.query for measure in queries.measures().values()]
        for query in sorted(made, key=lambda query: query.selects):
            if query.selects:  # a select of its own reads marts: records are counted by headers
                drop_facts(connection)
            said = list(_differences(connection, query, COLUMNS, MEASURED))
            yield from said or _no_conditions(connection, query)


def empty_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """A table without rows for every kind of source, of the columns of its contract."""
    for kind in ingest.KINDS:
        typed = ingest.contract_columns(kind) | {"vintage": "date"}
        listed = ", ".join(f"{name} {type_}" for name, type_ in typed.items())
        connection.execute(f"create table {kind} ({listed})")


def drop_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes them away again, once what is made of them stands."""
    for kind in ingest.KINDS:
        connection.execute(f"drop table if exists {kind}")


def _no_conditions(connection: duckdb.DuckDBPyConnection, query: Query) -> Iterator[str]:
    """What a header counts by that is no condition, or compares with what is no such value.

    A value is read when there is a row to compare it with: one of nulls.
    """
    counted = RECORDS_OF.get(query.header.get("fact", CRIMES), "")
    try:
        for key in ("records", "numerator"):
            if key in query.header and (key == "records" or counted == CRIMES):
                asked = f"select {query.header[key]} from (select 1) left join {counted} on true"
                names = set(PARAMETER.findall(asked))
                answer = connection.sql(asked, params={name: VALUES[name] for name in names})
                if (kind := str(answer.types[0])) != "BOOLEAN":
                    yield f"{place_of(query.path)}: {key} is a condition; got: {kind.lower()}"
                answer.fetchall()
    except duckdb.Error as error:
        yield f"{place_of(query.path)}: {_said(error)}"


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
                    if kind == "reports":
                        yield from _no_sources(views, query)


def _no_sources(connection: duckdb.DuckDBPyConnection, query: Query) -> Iterator[str]:
    """What a header says that it reads and that is no table."""
    for name in query.header["source"].split(","):
        try:
            connection.sql(f"from {name}")
        except duckdb.Error as error:
            yield f"{place_of(query.path)}: source: {_said(error)}"


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
    return connection.sql(query.sql, params={name: VALUES.get(name) for name in query.parameters})


def _said(error: duckdb.Error) -> str:
    """DuckDB's reason and what it would have us write, in a line."""
    lines = [line.strip() for line in str(error).splitlines()]
    nearest = [line for line in lines[1:] if line.startswith(("Candidate", "Did you mean"))]
    return " ".join([lines[0].partition(": ")[2] or lines[0], *nearest])
