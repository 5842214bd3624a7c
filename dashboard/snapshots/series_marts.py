"""Marts of queries/series, which stand on the observations: what pages ask for again and again.

Their figures are those of the macro series_levels; a snapshot that was published before there
were such marts is completed with them (signal_marts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.catalogue import Catalogue
from dashboard.queries import record_macros
from dashboard.snapshots import parquet
from dashboard.snapshots.lazily import Maker

EXPECTED = "weekly_expectations"
MACRO = re.compile(r"create macro (\w+)\(")
NO_GAPS = (
    "measure varchar, grain varchar, period_start date, unit_code varchar, branch varchar, "
    "team varchar"
)


def names() -> list[str]:
    """All marts that are written here."""
    return [*queries.find("series"), EXPECTED]


def add_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """All macros: those of queries/macros, and those made of the measures' headers."""
    connection.execute(";".join(macros().values()))


def macros() -> dict[str, str]:
    """The statements that make them, by the macro's name."""
    made = record_macros.record_macros(tuple(queries.measures().values()))
    said = [*(macro.sql for macro in queries.find("macros").values()), *made]
    return {MACRO.findall(sql)[0]: sql for sql in said}


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


def lacking(folder: Path) -> list[str]:
    """Those of queries/series that the snapshot with these marts was published without."""
    return [name for name in queries.find("series") if not (folder / f"{name}.parquet").exists()]


def tables(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of some of queries/series, as their views tell them."""
    return {name: connection.table(name).to_arrow_table() for name in names}


def stand_ins(
    connection: duckdb.DuckDBPyConnection, folder: Path, without: Container[str] = ()
) -> dict[str, Maker]:
    """What makes views and tables in the place of marts that a snapshot in `folder` was published
    without. Which returns are missing can't be told any more.

    without  names of those that get none, since a table comes in their place
    """
    view_makers: dict[str, Maker] = {
        mart.name: partial(_view, mart)
        for mart in (queries.find("marts")["measure_units"], *queries.find("series").values())
    }
    view_makers["return_gaps"] = lambda: f"create table return_gaps ({NO_GAPS})"
    view_makers[EXPECTED] = partial(_none_expected, connection)
    return {
        name: maker
        for name, maker in view_makers.items()
        if name not in without and not (folder / f"{name}.parquet").exists()
    }


def _view(mart: queries.Query) -> str:
    return f"create view {mart.name} as {mart.sql}"


def _none_expected(connection: duckdb.DuckDBPyConnection) -> str:
    from dashboard.snapshots import expectations  # late, as above

    connection.register("none_expected", expectations.empty())
    connection.execute(f"create table {EXPECTED} as select * from none_expected")
    connection.unregister("none_expected")
    return ""
