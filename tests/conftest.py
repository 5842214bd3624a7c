"""Data folders that tests share: a tiny one made of literal rows, and the published sample."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from altair.utils import schemapi

from dashboard import charts, ingest, sample, snapshots
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


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample at scale 1 and all its snapshots; made once a run."""
    sys.modules["__main__"] = MAIN
    data = tmp_path_factory.mktemp("sample")
    files = sample.write(data / "sample")
    found = [snapshots.File(item.kind, item.path, item.vintage, item.delta) for item in files]
    snapshots.import_and_publish(data, found, sample.AS_ATS)
    return data


@pytest.fixture(scope="session")
def sample_snapshot(sample_data: Path) -> SnapshotInfo:
    """The sample's last snapshot, as at 12 July 2004."""
    return snapshots.get(sample_data, date(2004, 7, 12))
