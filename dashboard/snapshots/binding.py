"""Is what a snapshot is made by sound? Publish asks before it writes anything.

Selects are bound to tables without rows, so that a misspelt column shows at once.

DuckDB names and types what a select returns before it runs it; what a header promises is held
against that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from dashboard import catalogue as catalogues
from dashboard import ingest, queries
from dashboard.access import records
from dashboard.catalogue import Catalogue
from dashboard.errors import ContentError
from dashboard.queries import predicates
from dashboard.queries.counting import COLUMNS, CRIMES, FAULTS, RETURNS
from dashboard.queries.files import PARAMETER, Query, place_of
from dashboard.snapshots import fault_rules, marts
from dashboard.snapshots.identity import method

AS_AT = date(2031, 7, 14)  # no figure comes of it: there are no rows
MEASURED = ("VARCHAR", "DATE", *["VARCHAR"] * 4, "DOUBLE", "DOUBLE")  # types of COLUMNS
VALUES = {"as_at": AS_AT, "after_days": 0, "within_days": 0}
# The table of the records that a header's expressions are over.
RECORDS_OF = {CRIMES: "crimes", FAULTS: "fault_weeks", RETURNS: "return_periods"}
MADE_BY = ("measures", "faults", "marts", "series")  # kinds of queries that publish runs
FAULTY = ("crime_ref", "ocu", "branch", "borough", "reported_on", "open_since")
_sound: set[tuple[str, str]] = set()  # what was asked and is at no fault: catalogue, code and SQL


def faults(folder: Path, kinds: tuple[str, ...] = MADE_BY) -> list[str]:
    """A sentence for every fault of a catalogue, of the headers of `kinds`, and of what is run at
    publish; of the first of these that has any, as the next stands on it."""
    if said := catalogues.faults(folder):
        return said
    catalogue = catalogues.load(folder)
    own = catalogue.directorate
    catalogues.keep(own)
    said = queries.faults(kinds) + queries.owner_faults(catalogue)
    said += catalogues.faults(folder, queries.measure_ids(own))
    if said:
        return said
    said = [*queries.faults_beside(catalogue), *closed_faults(catalogue)]
    return said + list(published_faults(catalogue))


def refuse_unsound(catalogue: Catalogue) -> None:
    """raises  ContentError with all that `faults` says of a catalogue and of the code as it is"""
    made_by = catalogue.hash, method()
    if made_by in _sound:
        return
    if said := faults(catalogue.folder):
        raise ContentError("; ".join(said))
    _sound.add(made_by)


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
        said = [line for rule in rules for line in differences(connection, rule, FAULTY)]
        said = said or [line for rule in rules for line in _no_conditions(connection, rule)]
        if said:
            yield from said
            return
        fault_rules.register_spans(connection)
        for mart in queries.find("marts").values():
            if said := list(differences(connection, mart, mart.returns)):
                yield from said
                return
            _bound(connection, mart).create(mart.name)
        made = [measure.query for measure in queries.measures().values()]
        for query in sorted(made, key=lambda query: query.selects):
            if query.selects:  # a select of its own reads marts: records are counted by headers
                drop_facts(connection)
            said = list(differences(connection, query, COLUMNS, MEASURED))
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
        yield f"{place_of(query.path)}: {said_by(error)}"


def differences(
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
        yield f"{place}: {said_by(error)}"
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


def said_by(error: duckdb.Error) -> str:
    """DuckDB's reason and what it would have us write, in a line."""
    lines = [line.strip() for line in str(error).splitlines()]
    nearest = [line for line in lines[1:] if line.startswith(("Candidate", "Did you mean"))]
    return " ".join([lines[0].partition(": ")[2] or lines[0], *nearest])
