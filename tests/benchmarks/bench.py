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
from unittest.mock import patch

import duckdb
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

from dashboard import ingest, queries, reports, sample, snapshots
from dashboard.reports.alerts import alert_list
from tests.benchmarks import thousands
from tests.benchmarks.simulate_alerts import main as simulate
from tests.benchmarks.simulate_list import main as simulate_list
from tests.browser import chromium
from tests.browser.server import running

ROOT = Path(__file__).resolve().parent.parent.parent
AS_AT = date(2004, 7, 12)
MILLION = 1_000_000
MEASURES = ("kidnaps", "gun_crime", "blackmail", "cash_in_transit_robbery", "drug_trafficking")
# A page and the addresses that are opened on it one after another, each for the first time.
VISITS: tuple[tuple[str, str, list[dict[str, str]]], ...] = (
    ("tasking, another as-at", "tasking", [{"as_at": str(day)} for day in sample.AS_ATS[2:]]),
    ("ocu, another measure", "ocu", [{"unit": "SCD7", "measure": name} for name in MEASURES]),
    ("ocu, another unit", "ocu", [{"unit": f"SCD{number}"} for number in (1, 5, 6, 8, 4)]),
    ("snapshots, another as-at", "snapshots", [{"as_at": str(day)} for day in sample.AS_ATS[2:]]),
)


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
    }


def visit_times(page: str, addresses: list[dict[str, str]]) -> tuple[float, float, float, float]:
    """Medians of a page's server run at addresses not opened before, on a warm server.

    return  queries asked, ms of DuckDB alone for them, ms of the run, ms of the run again
    """
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    if page != "tasking":
        app.switch_page(f"../pages/{page}.py").run()
    bare = queries.Connection.run
    found = []
    for address in addresses:
        asked: list[tuple] = []

        def noted(self, query, values=None, asked=asked):
            asked.append((self, query, values))
            return bare(self, query, values)

        for key in list(app.query_params):
            del app.query_params[key]
        app.query_params.update(address)
        with patch.object(queries.Connection, "run", noted):
            anew = seconds(app.run)
        if app.exception:
            raise RuntimeError(f"the page {page} was not drawn: {app.exception}")
        alone = seconds(lambda asked=asked: [bare(*call) for call in asked])
        found.append((len(asked), 1000 * alone, 1000 * anew, median_ms(app.run, 5)))
    number, alone, anew, again = (statistics.median(item) for item in zip(*found, strict=True))
    return number, alone, anew, again


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
from dashboard.reports import warm
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


def page_table() -> Table:
    table = Table(title="A page's server run, median milliseconds", title_justify="left")
    for heading in ("page", "queries", "DuckDB alone", "first run", "beyond DuckDB", "run again"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for words, page, addresses in VISITS:
        number, alone, anew, again = visit_times(page, addresses)
        cells = (number, alone, anew, anew - alone, again)
        table.add_row(words, *(f"{cell:.0f}" for cell in cells))
    return table


def main() -> None:
    logging.disable(logging.WARNING)  # Streamlit misses a browser, which is meant
    console = Console(width=max(100, Console().width))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        os.environ["DASHBOARD_DATA"] = str(data)  # the pages look here
        console.print(work_table(data, Path(folder)))
        console.print(page_table())
    simulate()
    simulate_list()


if __name__ == "__main__":
    main()
