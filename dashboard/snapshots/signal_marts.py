"""The signals of a snapshot as marts; those of a snapshot that was published without them.

A snapshot of an older program is completed once: what it lacks is reckoned from its own figures
and kept beside it, in the state folder; the snapshot itself stays as it is.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import queries
from dashboard.catalogue import Catalogue
from dashboard.queries import Query
from dashboard.signals import marts, years
from dashboard.signals.windows import Ground, Known, days_known

# The questions of pages that the signals are reckoned from.
OF_YEARS = ("year_months", "backtest_years")
OF_WINDOWS = ("meeting_series", "backtest_fortnights")
ASKED = (*OF_WINDOWS, *OF_YEARS)
EVENTS = "daily_events"


def names() -> list[str]:
    return list(marts.SCHEMAS)


def columns(name: str) -> list[str]:
    return list(marts.SCHEMAS[name].names)


def write(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    catalogue: Catalogue,
    as_at: date,
    made_of: str,
    coverage: Sequence[Known],
) -> None:
    """Writes them into `out`, from the tables, views and macros that pages ask.

    made_of   the snapshot's id, which seeds the simulations: each reader sees the same answer
    coverage  rows measure, grain, since, until (exclusive)
    """
    for name, table in _tables(connection, catalogue, as_at, made_of, coverage).items():
        pq.write_table(table, out / f"{name}.parquet", compression="zstd")


def lacking(folder: Path) -> list[str]:
    """Those that the snapshot with these marts was published without."""
    return [name for name in names() if not (folder / f"{name}.parquet").exists()]


def kept(folder: Path) -> dict[str, pa.Table]:
    """What was reckoned before and kept in the folder."""
    return {path.stem: pq.read_table(path) for path in folder.glob("*.parquet")}


def completed(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    as_at: date,
    made_of: str,
    coverage: Sequence[Known],
) -> dict[str, pa.Table]:
    """All of them, reckoned now.

    connection  holds the views over the snapshot of whoever sees all
    """
    return _tables(connection, catalogue, as_at, made_of, coverage)


def keep(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes what was reckoned into the folder, all or nothing."""
    making = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        making.mkdir(parents=True)
        for name, table in tables.items():
            pq.write_table(table, making / f"{name}.parquet", compression="zstd")
        making.rename(folder)
    except OSError:
        # A folder that can't be written, or another process was faster: they are reckoned again
        # by the next process, or read.
        shutil.rmtree(making, ignore_errors=True)


def _tables(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    as_at: date,
    made_of: str,
    coverage: Sequence[Known],
) -> dict[str, pa.Table]:
    listed = queries.alerted()
    ground = Ground(as_at, catalogue, listed, days_known(coverage, listed))
    since, until = marts.span_of_events(as_at)
    rows = {name: _asked(connection, queries.report(name)) for name in OF_WINDOWS}
    rows[EVENTS] = _asked(connection, events_query(), since=since, until=until)
    signals = marts.signals(ground, int(made_of[:8], 16), rows)
    return signals | _years(connection, catalogue, as_at, coverage)


def _years(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    as_at: date,
    coverage: Sequence[Known],
) -> dict[str, pa.Table]:
    areas = [code for code, area in catalogue.areas.items() if area.kind == "borough"]
    months, days = (queries.report(name) for name in OF_YEARS)
    rows = {
        (grain, place): years.whole_periods(
            _asked(connection, query, unit="n", place=place, **more), coverage, areas, grain
        )
        for grain, place, query, more in (
            ("month", years.WHOLE, months, {}),
            ("month", years.BOROUGH, months, {}),
            ("day", years.WHOLE, days, {"grain": "day", "until": None}),
        )
    }
    published = {item.id: item.published for item in queries.measures().values()}

    def breaks(measure: str, unit: str, borough: str | None) -> tuple[date, ...]:
        return catalogue.broken(measure, published[measure], unit, borough)

    return years.tables(rows, breaks, as_at)


def events_query() -> Query:
    """Events by day and borough of the alert list's measures."""
    return queries.read(queries.FOLDER / "publish" / f"{EVENTS}.sql")


def _asked(connection: duckdb.DuckDBPyConnection, query: Query, **params: Any) -> pa.Table:
    # As a relation it would be bound twice.
    return connection.execute(query.sql, params or None).to_arrow_table()
