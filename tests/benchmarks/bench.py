"""make bench: times of one run on this machine, ours beside what DuckDB alone takes.

Speed is no test: the machine decides the milliseconds, the ratios say what is ours.
"""

from __future__ import annotations

import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from dashboard import ingest, reports, sample, snapshots
from dashboard.cli.reckoning import reckon
from dashboard.reports.alerts import alert_list
from tests.benchmarks import load, selections, thousands
from tests.benchmarks.simulate_alerts import main as simulate
from tests.benchmarks.simulate_list import main as simulate_list
from tests.browser import chromium
from tests.browser.server import running

ROOT = Path(__file__).resolve().parent.parent.parent
AS_AT = date(2004, 7, 12)
MILLION = 1_000_000
PACKS = ("tasking", "monthly")
SESSIONS, MINUTES = (1, 10, 30, 60), 1.0


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_ms(work: Callable[[], object], runs: int = 9) -> float:
    """Median of `runs` timed calls, in milliseconds."""
    return statistics.median(1000 * seconds(work) for _ in range(runs))


def load_sample(data: Path) -> dict[str, float]:
    """Seconds to write the sample, and to import and publish it with its snapshots."""
    files: list[snapshots.File] = []

    def write() -> None:
        for item in sample.write(data / "sample"):
            files.append(snapshots.File(item.kind, item.path, item.vintage, item.delta))

    return {
        "write the sample": seconds(write),
        f"import it, publish its {len(sample.AS_ATS)} snapshots": seconds(
            lambda: snapshots.import_and_publish(data, files, sample.AS_ATS)
        ),
        "reckon what pages read beside them": seconds(
            lambda: reckon(data, snapshots.listing(data))
        ),
    }


def million_rows(folder: Path) -> tuple[float, float]:
    """Seconds to import a CSV of a million crime reports, and for DuckDB alone to copy it."""
    path = folder / "million.csv"
    duckdb.sql(
        f"""
        select
            'R' || i as crime_ref,
            date '2003-01-01' + (i % 500)::integer as reported_on,
            'robbery_business' as offence,
            'Camden' as borough,
            'SCD7' as ocu
        from range({MILLION}) as t (i)
        """
    ).to_csv(str(path))
    data = folder / "million"
    ours = seconds(
        lambda: ingest.import_files(
            "crimes", [path], data=data, vintage=date(2004, 7, 1), delta=False, columns={}
        )
    )
    copy = str(folder / "million.parquet")
    return ours, seconds(lambda: duckdb.read_csv(str(path)).to_parquet(copy))


WARM = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from dashboard import reports
from dashboard.ui.shell import warm
read = time.perf_counter()
warm.warm(reports.open_request(None, None, Path(sys.argv[1])))
print(read - start, time.perf_counter() - read)
"""


def new_server(data: Path) -> dict[str, float]:
    """Seconds that a new process takes to import the reports, and to warm their caches."""
    command = [sys.executable, "-c", WARM, str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imports, warming = map(float, done.stdout.split())
    return {"new process, imports": imports, "new process, warming its reports": warming}


def first_page(data: Path) -> tuple[float, float] | None:
    """Seconds to a drawn Tasking page in a new browser session: on a new server, then the
    median of seven on a warm one. None without a Chromium."""
    path = chromium.find()
    if path is None:
        return None
    with running(data, DASHBOARD_WARM="yes") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))

        def visit() -> None:
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.goto(address)
            page.locator(".st-key-card-decide").wait_for(timeout=60_000)
            page.context.close()

        cold = seconds(visit)
        found = cold, median_ms(visit, 7) / 1000
        browser.close()
    return found


def work_table(data: Path, folder: Path) -> Table:
    table = Table(title="Work, seconds", title_justify="left")
    for heading in ("work", "ours", "DuckDB alone", "ratio"):
        table.add_column(heading, justify="left" if heading == "work" else "right")
    for name, took in load_sample(data).items():
        table.add_row(name, f"{took:.1f}", "", "")
    ours, bare = million_rows(folder)
    table.add_row(
        f"import a CSV of {MILLION:,} rows", f"{ours:.1f}", f"{bare:.2f}", f"{ours / bare:.1f}"
    )
    asked = reports.open_request(AS_AT, None, data)
    table.add_row(
        "alert list, first time", f"{seconds(lambda: alert_list.alert_list(asked)):.2f}", "", ""
    )
    for item in thousands.all_of(asked):
        table.add_row(item.work, f"{item.seconds:.2f}", "", "")
    for work, took in new_server(data).items():
        table.add_row(work, f"{took:.2f}", "", "")
    if visits := first_page(data):
        table.add_row("first page in Chromium, new server", f"{visits[0]:.2f}", "", "")
        table.add_row("first page in Chromium, warm server", f"{visits[1]:.2f}", "", "")
    return table


def packs_table(data: Path) -> Table:
    """Packs of the command line, cold: a process each, with what it imports and the printing."""
    table = Table(title="A pack from the command line, seconds", title_justify="left")
    for heading in ("pack", "clock", "processor"):
        table.add_column(heading, justify="left" if heading == "pack" else "right")
    for name in PACKS:
        out = str(data.parent / f"{name}.pdf")
        command = [sys.executable, "-m", "dashboard", "report", name, "--as-at", str(AS_AT)]
        before = os.times()
        took = seconds(
            lambda: subprocess.run(
                [*command, "--data", str(data), "--out", out],  # noqa: B023
                cwd=ROOT, capture_output=True, check=True,
            )
        )  # fmt: skip
        after = os.times()
        worked = after.children_user + after.children_system
        worked -= before.children_user + before.children_system
        table.add_row(name, f"{took:.1f}", f"{worked:.1f}")
    return table


def main() -> None:
    logging.disable(logging.WARNING)  # Streamlit misses a browser, which is meant
    console = Console(width=max(100, Console().width))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        os.environ["DASHBOARD_DATA"] = str(data)  # the pages look here
        console.print(work_table(data, Path(folder)))
        console.print(packs_table(data))
        console.print(selections.table(data))
        with running(data, DASHBOARD_WARM="yes") as address:
            console.print(load.table(address, SESSIONS, MINUTES))
    simulate()
    simulate_list()


if __name__ == "__main__":
    main()
