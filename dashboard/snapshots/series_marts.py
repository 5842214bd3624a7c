"""Marts of queries/series, which stand on the observations: what pages ask for again and again.

Their figures are those of the macro series_levels; a snapshot that was published before there
were such marts is completed with them (signal_marts).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.catalogue import Catalogue
from dashboard.queries import record_macros
from dashboard.snapshots import parquet

EXPECTED = "weekly_expectations"
NO_GAPS = (
    "measure varchar, grain varchar, period_start date, unit_code varchar, branch varchar, "
    "team varchar"
)


def names() -> list[str]:
    """All marts that are written here."""
    return [*queries.find("series"), EXPECTED]


def add_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """All macros: those of queries/macros, and those made of the measures' headers."""
    made = record_macros.record_macros(tuple(queries.measures().values()))
    connection.execute(";".join([*(m.sql for m in queries.find("macros").values()), *made]))


def write(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    catalogue: Catalogue,
    step: Callable[[], None],
) -> None:
    """Writes them into `out`, from tables or views of the small marts, observations, snapshot."""
    add_macros(connection)
    for mart in queries.find("series").values():
        path = out / f"{mart.name}.parquet"
        parquet.write(connection, mart.sql, path)
        connection.read_parquet(str(path)).create_view(mart.name)
        step()
    from dashboard.snapshots import expectations  # late: reading needs neither polars nor SciPy

    expectations.write(connection, catalogue, out / f"{EXPECTED}.parquet")
    step()


def stand_in_gaps(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """An empty table for the gaps of a snapshot in `folder` that was published without them.

    Made before the macros, which are bound as they are created. Which returns are missing can't
    be told any more.
    """
    if not (folder / "return_gaps.parquet").exists():
        connection.execute(f"create table return_gaps ({NO_GAPS})")


def lacking(folder: Path) -> list[str]:
    """Those of queries/series that the snapshot with these marts was published without."""
    return [name for name in queries.find("series") if not (folder / f"{name}.parquet").exists()]


def tables(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of some of queries/series, as their views tell them."""
    return {name: connection.table(name).to_arrow_table() for name in names}


def stand_in(
    connection: duckdb.DuckDBPyConnection, folder: Path, without: Container[str] = ()
) -> None:
    """Views for the marts that a snapshot in `folder` was published without.

    without  names of those that get none, since a table comes in their place
    """
    for mart in (queries.find("marts")["measure_units"], *queries.find("series").values()):
        if mart.name not in without and not (folder / f"{mart.name}.parquet").exists():
            connection.execute(f"create view {mart.name} as {mart.sql}")
    if not (folder / f"{EXPECTED}.parquet").exists():
        from dashboard.snapshots import expectations  # late, as above

        connection.register("none_expected", expectations.empty())
        connection.execute(f"create table {EXPECTED} as select * from none_expected")
        connection.unregister("none_expected")
