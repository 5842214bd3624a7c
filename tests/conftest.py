"""Data folders that tests share: a tiny one made of literal rows, and the published sample."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from altair.utils import schemapi
from filelock import FileLock

from dashboard import charts, ingest, queries, sample, snapshots
from dashboard.snapshots import SnapshotInfo

assert charts  # it turned Altair's checks off, as for every program
schemapi.enable_debug_mode()

# Streamlit's AppTest puts its script in this place, and a process that is spawned runs it again.
MAIN = sys.modules["__main__"]


class Folder:
    """A data folder of a test, with imports and publishing in one line each."""

    def __init__(self, path: Path):
        self.path = path
        self.data = path / "data"
        self.count = 0

    def load(self, kind: str, text: str, vintage: str, delta: bool = False):
        self.count += 1
        file = self.path / f"source-{self.count}.csv"
        file.write_text(text, encoding="utf-8")
        known = date.fromisoformat(vintage)
        return ingest.import_files(
            kind, [file], data=self.data, vintage=known, delta=delta, columns={}
        )[0]

    def publish(self, as_at: str) -> SnapshotInfo:
        return snapshots.publish(date.fromisoformat(as_at), self.data)

    def rows(self, info: SnapshotInfo, table: str) -> pl.DataFrame:
        folder = "facts" if (info.path / "facts" / f"{table}.parquet").exists() else "marts"
        return pl.read_parquet(info.path / folder / f"{table}.parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def own_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of queries/ that the program reads for this test, to plant files in."""
    kept = (queries.find, queries.measures, queries.fault_rules)
    copied = tmp_path / "queries"
    shutil.copytree(queries.FOLDER, copied)
    monkeypatch.setattr("dashboard.queries.files.FOLDER", copied)
    for read in kept:
        read.cache_clear()
    yield copied
    for read in kept:
        read.cache_clear()


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample at scale 1 and all its snapshots.

    Made once a run, whichever worker comes first; each worker has a copy of its own.
    """
    sys.modules["__main__"] = MAIN
    own = tmp_path_factory.mktemp("sample") / "data"
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / "sample-made"
    with FileLock(shared / "sample.lock"):
        if not made.exists():
            _publish_sample(shared / "sample-begun")
            (shared / "sample-begun").rename(made)
    # A published file is never written again, so that a second name for it serves as a copy.
    shutil.copytree(made, own, copy_function=os.link)
    return own


def _publish_sample(data: Path) -> None:
    files = sample.write(data / "sample")
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    snapshots.import_and_publish(data, found, sample.AS_ATS)


@pytest.fixture(scope="session")
def sample_snapshot(sample_data: Path) -> SnapshotInfo:
    """The sample's last snapshot, as at 12 July 2004."""
    return snapshots.get(sample_data, date(2004, 7, 12))
