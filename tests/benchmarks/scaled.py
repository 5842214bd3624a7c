"""What more records cost: publishing them beside DuckDB alone, and pages that nobody asked before.

python -m tests.benchmarks.scaled [SCALE…]      (make bench SCALE=100)

A scale multiplies the sample's 92,000 crime reports; other kinds keep theirs. Each step has a
process of its own, so that its memory and processor time are its own. Exponents tell how a figure
grows from one scale to the next: 1 is as the records do. Above a scale of 100 the reports of 100
are written and imported, and each then stands in staging as often as that takes, with references
of its own: an import of 95 million takes the better part of an hour and shows nothing new. A
scale of 1,000 takes 10 GB of disk, 4 GB of memory and half an hour of two cores.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from math import log
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

import duckdb
from rich.console import Console
from rich.table import Table

from dashboard import ingest, reports, sample, snapshots
from tests.benchmarks import selections

SCALES = (1.0, 10.0)
WRITTEN = 100.0  # the largest scale that is written and imported
READ_WHOLE = 10.0  # the largest that the analyst's page finds memory for: 5 GB
NEWEST = sample.AS_ATS[-1]
RUNS = 5
PAGES = ("tasking", "ocu", "boroughs", "trends")  # those that read most
# What an analyst would do first with the records: keep them sorted, count them by month.
BARE = (
    "copy (select * from read_parquet($records) order by reported_on, ocu, crime_ref)"
    " to '{out}' (format parquet, compression zstd)",
    "select offence, ocu, borough, date_trunc('month', reported_on) as month, count(*) as n"
    " from read_parquet($records) group by all",
)


@dataclass(frozen=True)
class Cost:
    """Of one step: seconds, seconds of processor, and the most memory that it took, in bytes."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Scaled:
    """One scale: how many records, and what they cost; selections in processor milliseconds.

    first     of the pages, by kind
    analysts  of the page that an analyst writes today, the same selection as selections.OURS
    records_of  of lists of one unit's reports in one borough and month, milliseconds of the clock
    """

    scale: float
    records: int
    disk: int
    steps: dict[str, Cost]
    first: dict[str, list[float]]
    analysts: list[float]
    records_of: list[float]

    @property
    def figures(self) -> dict[str, float | None]:
        """By their words, in the units that stand in them; None where there is none."""
        published, bare = self.steps["publish"], self.steps["bare"]
        first = [ms for made in self.first.values() for ms in made]
        return {
            "records": self.records,
            "import, s": self.steps["import"].seconds,
            "publish, s": published.seconds,
            "publish, processor s": published.cpu,
            "publish, peak GB": published.memory / 1e9,
            "snapshot, MB": self.disk / 1e6,
            "DuckDB alone: sorted write, count; processor s": bare.cpu,
            "publish against it": published.cpu / bare.cpu,
            "reading, peak GB": self.steps["read"].memory / 1e9,
            "new selection, median ms": median(first),
            "new selection, worst ms": max(first),
            "one offence of a unit, our page, median ms": median(self.first[selections.OURS]),
            "the same, an analyst’s own page, median ms": median(self.analysts)
            if self.analysts
            else None,
            "records of a unit, borough and month, worst ms": max(self.records_of),
        }


def scaled(scale: float, folder: Path) -> Scaled:
    data = folder / f"scale-{scale:g}"
    files, written = _alone(_write, data, min(scale, WRITTEN))
    steps = {
        "write": written,
        "import": _alone(_import, data, files)[1],
    }
    if scale > WRITTEN:
        steps["copy"] = _alone(_copy, data, round(scale / WRITTEN))[1]
    steps["publish"] = _alone(_publish, data)[1]
    snapshot = next((data / "snapshots" / str(NEWEST)).iterdir())
    records = snapshot / "facts" / "crimes.parquet"
    steps["bare"] = _alone(_bare, records, folder / "bare.parquet")[1]
    first, steps["read"] = _alone(_first, data)
    analysts: list[float] = []
    if scale <= READ_WHOLE:
        analysts, steps["analyst"] = _alone(_analysts, data)
    records_of, steps["records"] = _alone(_records, data)
    return Scaled(
        scale,
        duckdb.read_parquet(str(records)).count("*").fetchall()[0][0],
        sum(path.stat().st_size for path in snapshot.rglob("*") if path.is_file()),
        steps,
        first,
        analysts,
        records_of,
    )


T = TypeVar("T")


def _alone(work: Callable[..., T], *values: object) -> tuple[T, Cost]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, work, *values).result()


def _measured(work: Callable[..., T], *values: object) -> tuple[T, Cost]:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work(*values)
    spent = time.perf_counter() - wall, time.process_time() - cpu
    return answer, Cost(*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _write(data: Path, scale: float) -> list[sample.SourceFile]:
    return sample.write(data / "sample", scale=scale)


def _import(data: Path, files: list[sample.SourceFile]) -> None:
    for item in files:
        paths, delta = [item.path], item.delta
        ingest.import_files(
            item.kind, paths, data=data, vintage=item.vintage, delta=delta, columns={}
        )


def _copy(data: Path, copies: int) -> None:
    """Has each staged crime report stand there so many times, each with a reference of its own."""
    connection = duckdb.connect(
        config={"memory_limit": "3GB", "temp_directory": str(data / "spill")}
    )
    for sidecar in sorted(data.glob("staging/crimes/[0-9]*.json")):
        told = json.loads(sidecar.read_text("utf-8"))
        path = sidecar.with_name(told["parquet"])
        made = path.with_suffix(".copied")
        connection.execute(
            f"copy (select * exclude (nth) replace (crime_ref || '.' || nth as crime_ref) "
            f"from (select *, unnest(range({copies})) as nth from read_parquet('{path}'))) "
            f"to '{made}' (format parquet, compression zstd)"
        )
        made.replace(path)
        sidecar.write_text(json.dumps(told | {"bytes": path.stat().st_size}), "utf-8")


def _publish(data: Path) -> None:
    snapshots.publish(NEWEST, data)


def _bare(records: Path, out: Path) -> None:
    write, count = BARE
    duckdb.execute(write.format(out=out), {"records": str(records)})
    duckdb.execute(count, {"records": str(records)}).to_arrow_table()


def _first(data: Path) -> dict[str, list[float]]:
    """Processor milliseconds of each selection that nobody has made before, of the pages."""
    found = {}
    for page in PAGES:
        app = selections.app_of(data, page)
        selections.run(app, {"as_at": selections.NEWEST})
        for words, of, addresses in selections.kinds():
            if of == page and not words.endswith("as-at"):
                found[words] = [selections.run(app, address)[0] for address in addresses]
    return found


def _analysts(data: Path) -> list[float]:
    return [ms for cost in selections.analysts(data) for ms in cost.first]


def _records(data: Path) -> list[float]:
    """Milliseconds of the clock of each list: a measure of a unit in a borough's last month."""
    request = reports.open_request(None, None, data)
    (address, _), *_ = selections.of_one_offence()
    boroughs = [code for code, area in request.catalogue.areas.items() if area.kind == "borough"]
    until = request.as_at.replace(day=1)
    span = {"since": (until - timedelta(days=1)).replace(day=1), "until": until}
    found = []
    for borough in boroughs[:RUNS]:
        started = time.perf_counter()
        request.run("records", **address, **span, borough=borough, branch=None, limit=100, offset=0)
        found.append(1000 * (time.perf_counter() - started))
    return found


def table(scales: list[float], folder: Path) -> Table:
    out = Table(title="More records: what they cost, and how that grows")
    out.add_column("figure")
    known = []
    for scale in scales:
        known.append(scaled(scale, folder))
        out.add_column(f"× {scale:g}", justify="right")
    if len(known) > 1:
        out.add_column("exponent", justify="right")
    for words in known[0].figures:
        values = [one.figures[words] for one in known]
        cells = [_written(value) for value in values]
        if len(known) > 1 and (first := values[0]) and (last := values[-1]):
            cells.append(f"{log(last / first) / log(known[-1].records / known[0].records):.2f}")
        out.add_row(words, *cells)
    return out


def _written(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main(*scales: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Console(width=110).print(table([float(x) for x in scales] or [*SCALES], Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
