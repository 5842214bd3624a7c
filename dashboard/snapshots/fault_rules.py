"""The fault rules of queries/faults, run over the crime reports when a snapshot is published.

Marts: `faults`, one row a report and fault that stands open at the as-at; `fault_rules`, one
row a rule with what its header says, so that an old snapshot keeps the rules of its day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.ingest import KINDS, Staged
from dashboard.queries import FaultRule, Measure, fault_sql
from dashboard.queries.counting import FAULTS as FAULTS_COUNTED
from dashboard.snapshots import parquet

FAULTS = """
create or replace temp table faults_found (
    fault varchar, crime_ref varchar, ocu varchar, branch varchar, borough varchar,
    reported_on date, open_since date
)
"""
RULES = pa.schema(
    [
        ("place", pa.int64()),
        *((name, pa.string()) for name in ("fault", "name", "question", "owner", "of", "why")),
        ("after_days", pa.int64()),
        ("within_days", pa.int64()),
    ]
)


def unasked(staged: Sequence[Staged]) -> dict[str, list[str]]:
    """Rule → its columns that no file of crime reports has: whether they were done is not known,
    so that the rule is not asked. Of what an older program staged all are taken to be there."""
    had = [item.columns for item in staged if item.kind == "crimes"]
    if not had or None in had:
        return {}
    told = frozenset().union(*(item or () for item in had))
    lacking = {column.name for column in KINDS["crimes"].columns} - told
    by_rule = {
        rule.fault: sorted(lacking.intersection(_named_in(rule)))
        for rule in queries.fault_rules().values()
    }
    return {fault: columns for fault, columns in by_rule.items() if columns}


def _named_in(rule: FaultRule) -> set[str]:
    """The words of a rule's header that say which reports have the fault, and since when."""
    head = rule.query.header
    return {
        word
        for key in ("records", "opened", "closed")
        for word in re.findall(r"\w+", head.get(key, ""))
    }


def is_known(measure: Measure, lacking: Collection[str]) -> bool:
    """Whether a measure of faults can be counted: all rules that it names are asked."""
    if measure.fact != FAULTS_COUNTED:
        return True
    return not set(lacking).intersection(re.findall(r"\w+", measure.query.header["records"]))


def register_spans(connection: duckdb.DuckDBPyConnection, lacking: Collection[str] = ()) -> None:
    """View fault_spans over crimes: when each fault stood, of the rules that say when one ends.

    lacking  the rules that are not asked (see unasked)
    """
    rules = queries.fault_rules().values()
    heads = [rule.query.header for rule in rules if rule.fault not in lacking]
    connection.execute(f"create view fault_spans as {fault_sql.spans(heads)}")


def write(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    as_at: date,
    lacking: Collection[str] = (),
) -> dict[str, int]:
    """Writes faults.parquet and fault_rules.parquet into `out` from the table or view crimes.

    as_at    exclusive: a fault is open that began before it
    lacking  the rules that are not asked
    return   open faults by rule that is asked
    """
    rules = list(queries.fault_rules().values())
    asked = [rule for rule in rules if rule.fault not in lacking]
    connection.execute(FAULTS)
    open_faults = {rule.fault: _find(connection, rule, as_at) for rule in asked}
    columns = ("fault", "ocu", "branch", "borough")
    words = parquet.words(connection, "faults_found", columns)
    path, order = out / "faults.parquet", "open_since, fault, crime_ref"
    parquet.write_sorted(connection, "from faults_found", path, order, columns, words)
    listed = [
        {"place": place, **{name: getattr(rule, name) for name in RULES.names if name != "place"}}
        for place, rule in enumerate(rules)
    ]
    _write(connection, pa.Table.from_pylist(listed, RULES), out / "fault_rules.parquet", "place")
    return open_faults


def _find(connection: duckdb.DuckDBPyConnection, rule: FaultRule, as_at: date) -> int:
    """Adds the open faults of a rule to `faults_found`; returns how many they are."""
    values = {"as_at": as_at, "after_days": rule.after_days, "within_days": rule.within_days}
    bound = {name: values[name] for name in rule.query.parameters}
    (added,) = connection.execute(
        f"insert into faults_found select $fault, * from ({rule.query.sql}\n)",
        bound | {"fault": rule.fault},
    ).fetchall()
    return int(added[0])


def _write(connection: duckdb.DuckDBPyConnection, rows: pa.Table, path: Path, order: str) -> None:
    connection.register("fault_rows", rows)
    parquet.write(connection, f"select * from fault_rows order by {order}", path)
    connection.unregister("fault_rows")
