"""What more records cost: publishing them beside DuckDB alone, and pages that nobody asked before.

python -m tests.benchmarks.scaled [SCALE…]      (make bench SCALE=100)

A scale multiplies the sample's 92,000 crime reports; other kinds keep theirs. Each step has a
process of its own, so that its memory and processor time are its own. Exponents tell how a figure
grows from one scale to the next: 1 is as the records do.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import log
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

import duckdb
from rich.console import Console
from rich.table import Table

from dashboard import ingest, sample, snapshots
from tests.benchmarks import selections

SCALES = (1.0, 10.0)
NEWEST = sample.AS_ATS[-1]
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
    analysts  of the page that an analyst writes today, the same selection as OURS
    """

    scale: float
    records: int
    disk: int
    steps: dict[str, Cost]
    first: dict[str, list[float]]
    analysts: list[float]

    @property
    def figures(self) -> dict[str, float]:
        """By their words, in the units that stand in them."""
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
            "the same, an analyst’s own page, median ms": median(self.analysts),
        }


def scaled(scale: float, folder: Path) -> Scaled:
    data = folder / f"scale-{scale:g}"
    files, written = _alone(_write, data, scale)
    steps = {
        "write": written,
        "import": _alone(_import, data, files)[1],
        "publish": _alone(_publish, data)[1],
    }
    snapshot = next((data / "snapshots" / str(NEWEST)).iterdir())
    records = snapshot / "facts" / "crimes.parquet"
    steps["bare"] = _alone(_bare, records, folder / "bare.parquet")[1]
    first, steps["read"] = _alone(_first, data)
    analysts, steps["analyst"] = _alone(_analysts, data)
    return Scaled(
        scale,
        duckdb.read_parquet(str(records)).count("*").fetchall()[0][0],
        sum(path.stat().st_size for path in snapshot.rglob("*") if path.is_file()),
        steps,
        first,
        analysts,
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
        cells = [f"{value:,.0f}" if value >= 100 else f"{value:.3g}" for value in values]
        if len(known) > 1:
            grown = log(values[-1] / values[0]) / log(known[-1].records / known[0].records)
            cells.append(f"{grown:.2f}")
        out.add_row(words, *cells)
    return out


def main(*scales: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Console(width=110).print(table([float(x) for x in scales] or [*SCALES], Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
