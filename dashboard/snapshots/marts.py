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
from dashboard.snapshots.coverage import Coverage
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
    touching = sorted(sorted(pair) for pair in catalogue.adjacency)
    pairs = [{"a": pair[0], "b": pair[-1]} for pair in touching]
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
    for together in _together():
        asked = [
            measure
            for measure in together
            if kinds.intersection(measure.sources) and fault_rules.is_known(measure, lacking)
        ]
        if asked:
            _observe(connection, asked, as_at)
        step()
    served, held = serving.served_by(connection, as_at, catalogue, coverage, staged)
    words = parquet.words(connection, "observed", OBSERVED)
    path = out / "observations.parquet"
    select = "select * from observed"
    parquet.write_sorted(connection, select, path, SORTED, OBSERVED, words, ROW_GROUP)
    _write_small(connection, out, served, coverage, staged)
    connection.execute("create view observations as select * from observed")
    # Sums of money are the same to the last digit only where they are added in one order.
    connection.execute("set threads = 1")
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
    """How many steps publishing counts: the facts, marts, scans for measures, the signals."""
    marts = len(queries.find("marts")) + len(series_marts.names())
    return 1 + marts + len(_together()) + 1


OBSERVED = ("measure", "grain", "unit_code", "branch", "team", "borough")
SORTED = "measure, grain, period_start, unit_code, branch, team, borough"
OBSERVATIONS = """
create temp table observed (
    measure varchar, grain varchar, period_start date, unit_code varchar, branch varchar,
    team varchar, borough varchar, numerator double, denominator double, provisional boolean
)
"""


def _write(
    connection: duckdb.DuckDBPyConnection, query: queries.Query, path: Path, values: dict[str, Any]
) -> None:
    with _naming(query):
        parquet.write(connection, query.sql, path, _bound(query, values))


@contextmanager
def _naming(query: queries.Query) -> Iterator[None]:
    """Says which file an error of DuckDB's is in."""
    try:
        yield
    except duckdb.Error as error:
        line = str(error).splitlines()[0]
        raise ContentError(f"{place_of(query.path)}: {line}; `check` says more") from error


def _together() -> list[list[Measure]]:
    """The measures that are read together: those that their headers say by the kind of fact that
    they count, each that has a select of its own alone."""
    by_fact: dict[str, list[Measure]] = {}
    for measure in queries.measures().values():
        own = f"{measure.fact} of {measure.id}" if measure.query.selects else measure.fact
        by_fact.setdefault(own, []).append(measure)
    return list(by_fact.values())


def _observe(connection: duckdb.DuckDBPyConnection, asked: list[Measure], as_at: date) -> None:
    """Adds to `observed` what records and returns say of measures that are read together."""
    first = asked[0]
    sql = (
        f"select '{first.id}' as measure, * from ({first.query.sql}\n)"
        if first.query.selects
        else queries.observations([measure.query.header for measure in asked])
    )
    values = {"as_at": as_at}
    try:
        connection.execute(
            "insert into observed select o.measure, o.grain, o.period_start, o.unit_code, "
            "o.branch, o.team, o.borough, o.numerator, o.denominator, case o.grain "
            "when 'day' then o.period_start + 1 when 'week' then o.period_start + 7 "
            "when 'month' then (o.period_start + interval 1 month)::date "
            "else (o.period_start + interval 3 months)::date end > $as_at::date - m.settles "
            f"from ({sql}\n) as o inner join measures as m on o.measure = m.id "
            "where o.period_start < $as_at",
            values,
        )
    except duckdb.Error:
        # The one that is at fault is named with its file, where it fails by itself too.
        for measure in asked:
            with _naming(measure.query):
                connection.sql(measure.query.sql, params=_bound(measure.query, values)).fetchall()
        raise


def _bound(query: queries.Query, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in query.parameters if name in values}


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
