"""The fault rules of queries/faults, run over the crime reports when a snapshot is published.

Marts: `faults`, one row a report and fault that stands open at the as-at; `fault_rules`, one
row a rule with what its header says, so that an old snapshot keeps the rules of its day.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.queries import FaultRule, fault_sql
from dashboard.snapshots import parquet

FAULTS = pa.schema(
    [
        *((name, pa.string()) for name in ("fault", "crime_ref", "ocu", "branch", "borough")),
        ("reported_on", pa.date32()),
        ("open_since", pa.date32()),
    ]
)
RULES = pa.schema(
    [
        ("place", pa.int64()),
        *((name, pa.string()) for name in ("fault", "name", "question", "owner", "of", "why")),
        ("after_days", pa.int64()),
        ("within_days", pa.int64()),
    ]
)


def register_spans(connection: duckdb.DuckDBPyConnection) -> None:
    """View fault_spans over crimes: when each fault stood, of the rules that say when one ends."""
    heads = [rule.query.header for rule in queries.fault_rules().values()]
    connection.execute(f"create view fault_spans as {fault_sql.spans(heads)}")


def write(connection: duckdb.DuckDBPyConnection, out: Path, as_at: date) -> dict[str, int]:
    """Writes faults.parquet and fault_rules.parquet into `out` from the table or view crimes.

    as_at   exclusive: a fault is open that began before it
    return  open faults by rule
    """
    rules = list(queries.fault_rules().values())
    found = {rule.fault: _found(connection, rule, as_at) for rule in rules}
    tables = [_named(rule.fault, rows) for rule, rows in zip(rules, found.values(), strict=True)]
    faults = pa.concat_tables([FAULTS.empty_table(), *tables])
    _write(connection, faults, out / "faults.parquet", "open_since, fault, crime_ref")
    listed = [
        {"place": place, **{name: getattr(rule, name) for name in RULES.names if name != "place"}}
        for place, rule in enumerate(rules)
    ]
    _write(connection, pa.Table.from_pylist(listed, RULES), out / "fault_rules.parquet", "place")
    return {fault: rows.num_rows for fault, rows in found.items()}


def _found(connection: duckdb.DuckDBPyConnection, rule: FaultRule, as_at: date) -> pa.Table:
    values = {"as_at": as_at, "after_days": rule.after_days, "within_days": rule.within_days}
    bound = {name: values[name] for name in rule.query.parameters}
    return connection.sql(rule.query.sql, params=bound).to_arrow_table()


def _named(fault: str, rows: pa.Table) -> pa.Table:
    kinds = pa.array([fault] * rows.num_rows, pa.string())
    return rows.add_column(0, "fault", kinds).select(FAULTS.names).cast(FAULTS)


def _write(connection: duckdb.DuckDBPyConnection, rows: pa.Table, path: Path, order: str) -> None:
    connection.register("fault_rows", rows)
    parquet.write(connection, f"select * from fault_rows order by {order}", path)
    connection.unregister("fault_rows")
