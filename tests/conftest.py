"""Data folders that tests share: a tiny one made of literal rows, and the published sample."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

import pytest
from altair.utils import schemapi
from filelock import FileLock
from streamlit.components.v2 import manifest_scanner
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from dashboard import charts, queries, rows, sample, snapshots
from dashboard.queries import headers
from dashboard.reports.accountability import transfer
from dashboard.snapshots import SnapshotInfo
from dashboard.snapshots.identity import method
from tests import asking, choosing, directorate
from tests.folders import Folder


def pytest_configure(config: pytest.Config) -> None:
    """Its fixture serves the doctests of dashboard/ too, which lie outside this folder."""
    # Reckoning what pages read costs as much as publishing; what it comes to has tests of its own.
    os.environ.setdefault("DASHBOARD_WARM", "no")
    config.pluginmanager.register(directorate, "directorate")
    config.pluginmanager.register(asking, "asking")
    config.addinivalue_line(
        "markers", "few(n): cases of a test that are run; all with EXHAUSTIVE=1"
    )
    config.addinivalue_line(
        "markers", "some(n, subject): tests of a subject that are run; all with EXHAUSTIVE=1"
    )


@pytest.fixture(scope="session", autouse=True)
def _nulls_as_declared() -> None:
    """Every report that a test makes, and every query that one reads, has nulls only where its
    columns say so. What a chart is given in a test may lack what it does not draw."""
    table, typed = rows.table, rows.typed

    def held(kind, found):
        declared = get_type_hints(kind)
        wrong = [
            name
            for name in set(declared) & set(found.column_names)
            if NoneType not in get_args(declared[name]) and found[name].null_count
        ]
        assert not wrong, f"{kind.__name__}: null where none was declared: {wrong}"
        return found

    def read(kind, found):
        if sys._getframe(1).f_globals["__name__"].startswith("dashboard.reports"):
            held(kind, found)
        return typed(kind, found)

    rows.table = lambda kind, found: held(kind, table(kind, found))
    rows.typed = read


@pytest.fixture(autouse=True)
def _stands_where_it_stood() -> Iterator[None]:
    """What pages read is set by `screens.screen`; the next test begins where this one did."""
    before = os.environ.get("DASHBOARD_DATA")
    yield
    if before is None:
        os.environ.pop("DASHBOARD_DATA", None)
    else:
        os.environ["DASHBOARD_DATA"] = before


class Sharing(LoadFileScheduling):
    """A file to a process, and to one all that is seen on the same of two servers."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test marked few(n), n of its cases are run, others at each commit; then of all tests
    that are marked some(n, subject), n.

    The browser comes first, as it takes longest; then what needs no sample, which is made
    meanwhile.
    """
    for beyond in (_beyond_few, _beyond_some):
        left = beyond(items)
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    group = {item: _group(item.nodeid) for item in items}
    sampled = {group[item] for item in items if "sample_copy" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (group[item] not in SERVERS, group[item] in sampled))


def _beyond_few(items: list[pytest.Item]) -> set[pytest.Item]:
    cases: dict[tuple[str, int], list[pytest.Item]] = {}
    for item in items:
        if mark := item.get_closest_marker("few"):
            cases.setdefault((item.nodeid.split("[")[0], mark.args[0]), []).append(item)
    return _not_chosen(cases)


def _beyond_some(items: list[pytest.Item]) -> set[pytest.Item]:
    tests: dict[tuple[str, int], list[pytest.Item]] = {}
    for item in items:
        if mark := item.get_closest_marker("some"):
            number, subject = mark.args
            tests.setdefault((subject, number), []).append(item)
    return _not_chosen(tests)


def _not_chosen(kinds: dict[tuple[str, int], list[pytest.Item]]) -> set[pytest.Item]:
    """Of each kind (name, how many are run) those that this commit leaves to another."""
    kept = [
        item for (name, number), own in kinds.items() for item in choosing.chosen(own, number, name)
    ]
    return {item for own in kinds.values() for item in own} - set(kept)


@lru_cache
def _group(nodeid: str) -> str:
    file = nodeid.split("::")[0]
    shared = _seen_on_one_server()
    return SERVERS[shared.index(file) % len(SERVERS)] if file in shared else file


@lru_cache
def _seen_on_one_server() -> list[str]:
    """The files of the browser's tests that start no server of their own."""
    files = sorted((ROOT / BROWSER).glob("test_*.py"))
    return [
        file.relative_to(ROOT).as_posix()
        for file in files
        if "running(" not in file.read_text("utf-8")
    ]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a browser's tests wait more than they work."""
    return (os.cpu_count() or 1) + 1


assert charts  # it turned Altair's checks off, as for every program
schemapi.enable_debug_mode()
# A page under test looks through all installed packages for components each time it is run.
manifest_scanner.scan_component_manifests = lru_cache(manifest_scanner.scan_component_manifests)

BROWSER = "tests/browser"  # the folder of the tests that look at a running server
# One server for all would have the others wait for its last test, one a file would start anew.
SERVERS = ("first server", "second server")

ROOT = Path(__file__).resolve().parents[1]
# Streamlit's AppTest puts its script in this place, and a process that is spawned runs it again.
MAIN = sys.modules["__main__"]


def _of_the_run(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all processes of a run have in common."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What tests have imported and published of a few rows, kept for all processes of a run."""
    return _of_the_run(tmp_path_factory) / "kept"


@pytest.fixture
def folder(tmp_path: Path, shelf: Path, request: pytest.FixtureRequest) -> Folder:
    # Tests of publishing itself publish.
    itself = "snapshots" in request.path.parts
    return Folder(tmp_path, None if itself else shelf)


@pytest.fixture
def own_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of queries/ that the program reads for this test, to plant files in."""
    kept = (queries.find, headers.measures_of, headers.fault_rules_of, method)
    copied = tmp_path / "queries"
    shutil.copytree(queries.FOLDER, copied)
    monkeypatch.setattr("dashboard.queries.files.FOLDER", copied)
    for read in kept:
        read.cache_clear()
    yield copied
    for read in kept:
        read.cache_clear()


@pytest.fixture(scope="session")
def sample_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes data folders with the sample at scale 1 and all its snapshots.

    It is published once a run, whichever worker comes first; each folder's state is its own.
    """
    sys.modules["__main__"] = MAIN
    shared = _of_the_run(tmp_path_factory)
    made = shared / "sample-made"
    with FileLock(shared / "sample.lock"):
        if not made.exists():
            _publish_sample(shared / "sample-begun")
            (shared / "sample-begun").rename(made)

    def copied() -> Path:
        own = tmp_path_factory.mktemp("sample") / "data"
        # A published file is never written again, so that a second name for it serves as a copy;
        # what people write is.
        state = shutil.ignore_patterns("state")
        shutil.copytree(made, own, copy_function=os.link, ignore=state)
        shutil.copytree(made / "state", own / "state")
        return own

    return copied


@pytest.fixture(scope="session")
def sample_data(sample_copy: Callable[[], Path]) -> Path:
    """The data folder with the sample that the tests of a worker share."""
    return sample_copy()


def _publish_sample(data: Path) -> None:
    files = sample.write(data / "sample")
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    snapshots.import_and_publish(data, found, sample.AS_ATS)
    transfer.lived(data, data / "sample", sample.WRITTEN, sample.AS_ATS)


@pytest.fixture(scope="session")
def sample_snapshot(sample_data: Path) -> SnapshotInfo:
    """The sample's last snapshot, as at 12 July 2004."""
    return snapshots.get(sample_data, date(2004, 7, 12))
