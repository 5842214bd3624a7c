"""make bench: times of one run on this machine, as a table of medians and ratios.

Speed is no test: the machine decides the milliseconds, the ratios say what is ours.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

from dashboard import ingest, queries, reports, sample, snapshots
from dashboard.reports import alerts, request
from tests.benchmarks.simulate_alerts import main as simulate
from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ("tasking", "ocu", "snapshots")
RUNS = 9


def median_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median of `runs` timed calls, in milliseconds."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def once_s(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def publish_sample(data: Path) -> dict[str, float]:
    """Seconds to write, import and publish the sample with its eight snapshots."""
    files: list = []
    times = {"write the sample": once_s(lambda: files.extend(sample.write(data / "sample")))}

    def load() -> None:
        for item in files:
            ingest.import_files(
                item.kind,
                [item.path],
                data=data,
                vintage=item.vintage,
                delta=item.delta,
                columns={},
            )

    times["import its files"] = once_s(load)
    times["publish 8 snapshots"] = once_s(
        lambda: [snapshots.publish(as_at, data) for as_at in sample.AS_ATS]
    )
    return times


def page_rows() -> list[tuple[str, str, str, str, str]]:
    """Each page: queries, bare DuckDB of them, server run with the queries, and warm."""
    asked: list[tuple] = []
    original = queries.Connection.run

    def spy(self, query, values=None):
        asked.append((self, query, values))
        return original(self, query, values)

    rows = []
    for name in PAGES:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        app.run()
        if name != "tasking":
            app.switch_page(f"../pages/{name}.py").run()

        def cold(app: AppTest = app) -> None:
            request._rows.cache_clear()
            alerts._found.cache_clear()
            app.run()

        asked.clear()
        queries.Connection.run = spy  # type: ignore[method-assign]
        cold()
        queries.Connection.run = original  # type: ignore[method-assign]
        calls = list(asked)
        bare = median_ms(lambda calls=calls: [original(*call) for call in calls], 5)
        with_queries = median_ms(cold, 5)
        warm = median_ms(app.run)
        rows.append(
            (
                name,
                str(len(calls)),
                f"{bare:.0f}",
                f"{with_queries:.0f} (+{with_queries - bare:.0f})",
                f"{warm:.0f}",
            )
        )
    return rows


def import_ratio(folder: Path) -> tuple[float, float]:
    """Seconds to import a CSV of a million rows, and for DuckDB to read and write it bare."""
    path = folder / "million.csv"
    duckdb.sql(
        "select 'R' || i as crime_ref, (date '2003-01-01' + (i % 500)::integer) as reported_on, "
        "'robbery_business' as offence, 'Camden' as borough, 'SCD7' as ocu from range(1000000) t(i)"
    ).to_csv(str(path))
    ours = once_s(
        lambda: ingest.import_files(
            "crimes",
            [path],
            data=folder / "million",
            vintage=date(2004, 7, 1),
            delta=False,
            columns={},
        )
    )
    target = str(folder / "bare.parquet")
    return ours, once_s(lambda: duckdb.read_csv(str(path)).to_parquet(target))


def first_page(port: int = 8765) -> float | None:
    """Median seconds from the address to a drawn title in Chromium, on a warm server."""
    import subprocess
    import sys

    from playwright.sync_api import sync_playwright

    path = chromium.find()
    if path is None:
        return None
    command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path, args=list(chromium.ARGUMENTS)
            )
            times = []
            time.sleep(6)
            for _ in range(7):
                page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
                started = time.perf_counter()
                page.goto(f"http://127.0.0.1:{port}")
                page.get_by_text("Beyond expectation now").first.wait_for(timeout=60_000)
                times.append(time.perf_counter() - started)
                page.context.close()
            browser.close()
        return statistics.median(times[2:])
    finally:
        os.killpg(process.pid, 15)
        process.wait(10)


def main() -> None:
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        os.environ["DASHBOARD_DATA"] = str(data)
        table = Table(title="The sample, seconds")
        for heading in ("work", "s"):
            table.add_column(heading, justify="right" if heading == "s" else "left")
        for name, seconds in publish_sample(data).items():
            table.add_row(name, f"{seconds:.1f}")
        ours, bare = import_ratio(Path(folder))
        table.add_row("import a CSV of 1,000,000 rows", f"{ours:.1f}")
        table.add_row("  DuckDB reading and writing it bare", f"{bare:.1f}")
        table.add_row("  ratio", f"{ours / bare:.1f}")
        found = reports.open_request(date(2004, 7, 12), None, data)
        table.add_row(
            "alerts of a snapshot, first time", f"{once_s(lambda: alerts.alert_list(found)):.2f}"
        )
        if (seen := first_page()) is not None:
            table.add_row("first page in Chromium, warm server", f"{seen:.2f}")
        console.print(table)
        table = Table(title="A page's server run, milliseconds (medians)")
        for heading in ("page", "queries", "bare DuckDB", "run with its queries", "warm run"):
            table.add_column(heading)
        for row in page_rows():
            table.add_row(*row)
        console.print(table)
    simulate()


if __name__ == "__main__":
    main()
