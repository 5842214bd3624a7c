"""Facts → marts → observations, and what each measure covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.access import records
from dashboard.catalogue import Catalogue
from dashboard.errors import ContentError
from dashboard.ingest import Staged
from dashboard.queries import Measure
from dashboard.queries.files import place_of
from dashboard.snapshots import (
    fault_rules,
    parquet,
    relations,
    series_marts,
    serving,
    signal_marts,
)
from dashboard.snapshots.facts import Coverage
from dashboard.snapshots.manifest import Served

ROW_GROUP = 60_000
# Tables of the catalogue that a snapshot keeps as marts.
CATALOGUED = ("units", "areas", "adjacency", "breaks", "measures")


def register_catalogue(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Tables organisation, units, areas, adjacency, breaks and measures, as the SQL reads them."""
    relations.register_organisation(connection, catalogue)
    units = []
    for unit in catalogue.units.values():
        line = [catalogue.units[code] for code in [unit.code, *catalogue.ancestors(unit.code)]]
        by_level = {item.level: item.code for item in reversed(line)}
        units.append(
            {
                "code": unit.code,
                "level": unit.level,
                "parent": unit.parent or None,
                "name": unit.name,
                "remit": unit.remit,
                "records": records.standing(catalogue, unit.code),
                "ocu": by_level.get("ocu", unit.code),
                "directorate": by_level.get("directorate"),
                "branch": by_level.get("branch"),
                "team": by_level.get("team"),
            }
        )
    _table(connection, "units", units, dict.fromkeys(units[0], "varchar"))
    areas = [
        {
            "code": area.code,
            "name": area.name,
            "short": area.short,
            "kind": area.kind,
            "population": area.population,
        }
        for area in catalogue.areas.values()
    ]
    texts = dict.fromkeys(("code", "name", "short", "kind"), "varchar")
    _table(connection, "areas", areas, texts | {"population": "bigint"})
    breaks = [
        {"measure": b.measure, "area": b.area, "unit": b.unit, "on": b.on, "note": b.note}
        for b in catalogue.breaks
    ]
    texts = dict.fromkeys(("measure", "area", "unit"), "varchar")
    _table(connection, "breaks", breaks, texts | {"on": "date", "note": "varchar"})
    pairs = [{"a": sorted(pair)[0], "b": sorted(pair)[-1]} for pair in catalogue.adjacency]
    _table(connection, "adjacency", pairs, {"a": "varchar", "b": "varchar"})
    rows = [
        {key: getattr(item, key) for key in MEASURE_COLUMNS} for item in queries.measures().values()
    ]
    _table(connection, "measures", rows, MEASURE_COLUMNS)


MEASURE_COLUMNS = {
    **dict.fromkeys(
        ("id", "name", "owner", "scope", "unit", "better", "aggregate", "grain", "basis"), "varchar"
    ),
    "alert": "boolean",
    "settles": "integer",
    "order": "integer",
}


def write_all(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    as_at: date,
    made_of: str,
    catalogue: Catalogue,
    coverage: Coverage,
    staged: list[Staged],
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Served], list[str]]:
    """Runs queries/marts, queries/measures, queries/series, and writes marts/*.parquet.

    return  which source serves which measure, and sentences for records that are held.
    """
    out = folder / "marts"
    out.mkdir()
    for path in sorted((folder / "facts").glob("*.parquet")):
        connection.read_parquet(str(path)).create_view(path.stem)
    total, done = steps(), 1

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total)

    lacking = fault_rules.unasked(staged)
    fault_rules.register_spans(connection, lacking)
    for mart in queries.find("marts").values():
        path = out / f"{mart.name}.parquet"
        _write(connection, mart, path, {"as_at": as_at})
        connection.read_parquet(str(path)).create_view(mart.name)
        step()
    fault_rules.write(connection, out, as_at, lacking)
    connection.execute(OBSERVATIONS)
    kinds = {item.kind for item in staged}
    for measure in queries.measures().values():
        if kinds.intersection(measure.sources) and fault_rules.is_known(measure, lacking):
            _observe(connection, measure, as_at)
        step()
    served, held = serving.served_by(connection, as_at, catalogue, coverage, staged)
    parquet.write(connection, OBSERVED, out / "observations.parquet", row_group_size=ROW_GROUP)
    _write_small(connection, out, served, coverage, staged)
    connection.execute("create view observations as select * from observed")
    connection.execute("create table snapshot as select ?::date as as_at", [as_at])
    series_marts.write(connection, out, catalogue, step)
    signal_marts.write(connection, out, catalogue, as_at, made_of, served)
    step()
    return [_told(row) for row in served], held


def _told(row: serving.Serving) -> Served:
    """A span that is served, as a manifest tells it."""
    return {
        "measure": row["measure"],
        "source": row["source"],
        "grain": row["grain"],
        "since": str(row["since"]),
        "until": str(row["until"]),
        "unit_code": row["unit_code"],
        "n": row["n"],
    }


def steps() -> int:
    """How many steps publishing counts: the facts, each mart and measure, the signals."""
    marts = len(queries.find("marts")) + len(series_marts.names())
    return 1 + marts + len(queries.measures()) + 1


OBSERVED = """
select
    measure, grain, period_start, unit_code, branch, team, borough, numerator, denominator,
    provisional
from observed
order by measure, grain, period_start, unit_code, branch, team, borough
"""
OBSERVATIONS = """
create temp table observed (
    measure varchar, grain varchar, period_start date, unit_code varchar, branch varchar,
    team varchar, borough varchar, numerator double, denominator double, provisional boolean
)
"""


def _write(
    connection: duckdb.DuckDBPyConnection, query: queries.Query, path: Path, values: dict[str, Any]
) -> None:
    bound = {name: values[name] for name in query.parameters if name in values}
    with _naming(query):
        parquet.write(connection, query.sql, path, bound)


@contextmanager
def _naming(query: queries.Query) -> Iterator[None]:
    """Says which file an error of DuckDB's is in."""
    try:
        yield
    except duckdb.Error as error:
        line = str(error).splitlines()[0]
        raise ContentError(f"{place_of(query.path)}: {line}; `check` says more") from error


def _observe(connection: duckdb.DuckDBPyConnection, measure: Measure, as_at: date) -> None:
    """Adds what records and returns say of a measure to `observed`."""
    query = measure.query
    known: dict[str, Any] = {"as_at": as_at, "owner": measure.owner}
    bound = {name: known[name] for name in query.parameters if name in known}
    ours = {"observed_as": measure.id, "published_on": as_at, "settling_days": measure.settles}
    with _naming(query):
        connection.execute(
            "insert into observed select $observed_as, grain, period_start, unit_code, branch, "
            "team, borough, numerator, denominator, case grain when 'day' then period_start + 1 "
            "when 'week' then period_start + 7 "
            "when 'month' then (period_start + interval 1 month)::date "
            "else (period_start + interval 3 months)::date end "
            "> $published_on::date - $settling_days "
            f"from ({query.sql}\n) where period_start < $published_on",
            bound | ours,
        )


def _write_small(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    served: Sequence[Mapping[str, Any]],
    coverage: Coverage,
    staged: list[Staged],
) -> None:
    texts = dict.fromkeys(("measure", "source", "grain"), "varchar")
    columns = texts | {"since": "date", "until": "date", "unit_code": "varchar", "n": "bigint"}
    _table(connection, "measure_coverage", served, columns)
    texts = dict.fromkeys(("publisher", "grain", "offence", "spelt", "value"), "varchar")
    columns = texts | dict.fromkeys(("vintage", "since", "until"), "date")
    _table(connection, "coverage", [vars(span) for span in coverage.spans], columns)
    rows = [
        {
            "kind": item.kind,
            "file": item.file,
            "vintage": item.vintage,
            "delta": item.delta,
            "rows_accepted": item.accounts.get("rows_accepted", 0),
            "rows_rejected": item.accounts.get("rows_rejected", 0),
        }
        for item in staged
    ]
    columns = {"kind": "varchar", "file": "varchar", "vintage": "date", "delta": "boolean"}
    columns |= {"rows_accepted": "bigint", "rows_rejected": "bigint"}
    _table(connection, "sources_loaded", rows, columns)
    for name in (*CATALOGUED, "measure_coverage", "coverage", "sources_loaded"):
        parquet.write(connection, f"select * from {name}", out / f"{name}.parquet")


ARROW = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
}


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: dict[str, str],
) -> None:
    schema = pa.schema([(key, ARROW[kind]) for key, kind in columns.items()])
    connection.register(f"{name}_rows", pa.Table.from_pylist(rows, schema=schema))
    connection.execute(f"create or replace table {name} as select * from {name}_rows")
    connection.unregister(f"{name}_rows")
