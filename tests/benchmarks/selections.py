"""What a selection costs that nobody has made before: processor time of the page's run.

python -m tests.benchmarks.selections DATA [PAGE…]

Each kind of selection is made five times with other values, on the sample; each page in a process
of its own, so that none has been reckoned for another. Processor time, since what else the machine
does changes it little; a page's run again shows what of it is drawing. Streamlit's own test harness
is in both.
"""

from __future__ import annotations

import logging
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import scipy.optimize
import scipy.stats  # noqa: F401
from rich.console import Console
from rich.table import Table
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from dashboard import catalogue, queries, reports, sample
from dashboard.reports.measure import tracks
from dashboard.ui.kit import person
from dashboard.ui.shell import settings

ROOT = Path(__file__).resolve().parents[2]
ANALYST = Path(__file__).with_name("analyst_page.py")
NEWEST = str(sample.AS_ATS[-1])
VALUES = 5
OURS = "ocu: one offence"  # what the analyst's page shows too
ALIKE = 12  # months of it in which both have to say the same
Address = dict[str, str]


@dataclass(frozen=True)
class Cost:
    """Of one kind of selection: processor milliseconds of each, queries at most, and of the last
    made again."""

    words: str
    first: tuple[float, ...]
    asked: int
    again: float

    @property
    def cells(self) -> list[str]:
        figures = statistics.median(self.first), max(self.first), self.again
        median, worst, again = (f"{value:.0f}" for value in figures)
        return [self.words, median, worst, str(self.asked), again]


def kinds() -> Iterator[tuple[str, str, list[Address]]]:
    """Words, page and addresses of each kind of selection."""
    known = catalogue.load(catalogue.PACKAGED)
    catalogue.keep(known.directorate)
    units = [code for code, unit in known.units.items() if unit.level == "ocu"]
    boroughs = [code for code, area in known.areas.items() if area.kind == "borough"]
    owners: dict[str, list[str]] = {}
    for measure in queries.measures().values():
        owners.setdefault(measure.owner, []).append(measure.id)
    unit = max(units, key=lambda code: len(owners.get(code, ())))
    as_ats = [{"as_at": str(day)} for day in sample.AS_ATS[-1 - VALUES : -1]]
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "audit")
    for page in pages:
        yield f"{page}: as-at", page, as_ats
    by_unit = [{"unit": code} for code in units]
    by_measure = [{"measure": name} for name in owners[unit][1:]]
    by_borough = [{"borough": code} for code in boroughs]
    for page, key, choices in (
        ("ocu", "unit", by_unit),
        ("ocu", "measure", [{"unit": unit} | choice for choice in by_measure]),
        ("ocu", "borough", [{"unit": unit} | choice for choice in by_borough]),
        ("ocu", "week", [{"view": "week"} | choice for choice in by_unit]),
        ("boroughs", "borough", by_borough),
        ("ocu", "one offence", [address for address, _ in of_one_offence()]),
        ("overtime", "unit", by_unit),
        ("accountability", "unit", by_unit),
        ("trends", "measure", by_measure),
        ("quality", "unit", by_unit),
    ):
        yield f"{page}: {key}", page, [{"as_at": NEWEST} | one for one in choices[:VALUES]]


def of_one_offence() -> list[tuple[Address, str]]:
    """Our page of a unit at measures that count one offence of its own reports, and the offence."""
    found = []
    for measure in queries.measures().values():
        head = measure.query.header
        counted = re.fullmatch(r"offence = '(\w+)'", head.get("records", ""))
        if counted and (measure.scope, measure.unit, measure.fact) == ("ocu", "n", "crimes"):
            found.append(({"unit": measure.owner, "measure": measure.id}, counted[1]))
    return found


def costs(data: Path, only: tuple[str, ...] = ()) -> Iterator[Cost]:
    """The cost of each kind, of some pages or all; raises RuntimeError where one is not drawn."""
    for page in dict.fromkeys(page for _, page, _ in kinds()):
        if not only or page in only:
            yield from _alone(costs_of, data, page)


def _alone(work: Callable[..., list[Cost]], *values: object) -> list[Cost]:
    """What the function returns in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *values).result()


def costs_of(data: Path, page: str) -> list[Cost]:
    """The cost of each kind of selection on a page."""
    app = app_of(data, page)
    found = []
    for words, of, addresses in kinds():
        if of == page:
            run(app, {"as_at": NEWEST})  # what the page imports is no selection's
            made = [run(app, address) for address in addresses]
            again, _ = run(app, addresses[-1])
            found.append(Cost(words, tuple(ms for ms, _ in made), max(n for _, n in made), again))
    return found


def app_of(data: Path, page: str) -> AppTest:
    """The dashboard, open at a page; what it imports is imported."""
    app = _app(data, ROOT / "dashboard" / "app.py")
    if page != "tasking":
        app.switch_page(f"../pages/{page}.py")
    return app


def _app(data: Path, script: Path) -> AppTest:
    os.environ["DASHBOARD_DATA"] = str(data)
    logging.disable(logging.WARNING)  # Streamlit misses a browser, which is meant
    # The harness has each page as a server has it: with its settings, compiled once, and not
    # looking through all installed packages for components at each run.
    settings.apply(settings.read())
    person.browser = lambda: ""  # it asks from none
    compiled = ScriptCache()
    for harness in (app_test, local_script_runner):
        harness.ScriptCache = lambda: compiled  # type: ignore[attr-defined]
    manifest_scanner.scan_component_manifests = lru_cache(manifest_scanner.scan_component_manifests)
    return AppTest.from_file(str(script), default_timeout=120).run()


def analysts(data: Path) -> list[Cost]:
    """That of the page that an analyst writes today, at the selections of OURS.

    raises  RuntimeError where the two pages say another number of any of the last ALIKE months
    """
    catalogue.keep(catalogue.load(catalogue.PACKAGED).directorate)
    request = reports.open_request(None, None, data)
    app = _app(data, ANALYST)
    chosen = of_one_offence()[:VALUES]
    run(app, {"unit": chosen[-1][0]["unit"]})
    made = []
    for address, offence in chosen:
        made.append(run(app, {"unit": address["unit"], "offence": offence})[0])
        ours = tracks.tracks(request, address["unit"])[address["measure"]]
        theirs = _months(app)
        for point in ours.points[-ALIKE:]:
            if (said := theirs.get(point.start, 0)) != point.numerator:
                raise RuntimeError(f"{address}, {point.start}: {said}, ours {point.numerator}")
    again, _ = run(app, {"unit": chosen[-1][0]["unit"], "offence": chosen[-1][1]})
    return [Cost("an analyst’s own page: the same", tuple(made), 0, again)]


def _months(app: AppTest) -> dict[date, int]:
    """The reports by month that the first chart of the analyst's page draws."""
    drawn = app.get("vega_lite_chart")[0].proto.datasets[0]
    rows = pa.ipc.open_stream(drawn.data.data).read_all().to_pylist()
    return {row["month"].date(): row["reports"] for row in rows}


def run(app: AppTest, address: Address) -> tuple[float, int]:
    """Processor milliseconds of a run at an address, and how many queries it asked."""
    for key in list(app.query_params):
        del app.query_params[key]
    app.query_params.update(address)
    with patch.object(queries.Connection, "run", autospec=True, side_effect=RUN) as asked:
        milliseconds = _processor(app.run)
    if app.exception:
        raise RuntimeError(f"{address} was not drawn: {app.exception[0].value}")
    return milliseconds, asked.call_count


RUN = queries.Connection.run


def _processor(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def table(data: Path, only: tuple[str, ...] = ()) -> Table:
    found = Table(title="A new selection, processor milliseconds of the page’s run")
    for heading in ("selection", "median", "worst", "queries", "again"):
        found.add_column(heading, justify="left" if heading == "selection" else "right")
    for cost in (*costs(data, only), *_alone(analysts, data)):
        found.add_row(*cost.cells)
    return found


if __name__ == "__main__":
    Console(width=100).print(table(Path(sys.argv[1]), tuple(sys.argv[2:])))
