"""Tiny data folders: literal files imported and published as anything else is."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import ingest, snapshots


class Folder:
    """A data folder of a test, with imports and publishing in one line each."""

    def __init__(self, path: Path):
        self.path = path
        self.count = 0

    def load(self, kind: str, text: str, vintage: str, delta: bool = False):
        self.count += 1
        file = self.path / f"source-{self.count}.csv"
        file.write_text(text, encoding="utf-8")
        return ingest.import_files(
            kind,
            [file],
            data=self.path / "data",
            vintage=date.fromisoformat(vintage),
            delta=delta,
            columns={},
        )[0]

    def publish(self, as_at: str):
        return snapshots.publish(date.fromisoformat(as_at), self.path / "data")

    def rows(self, info, table: str):
        import polars as pl

        folder = "facts" if (info.path / "facts" / f"{table}.parquet").exists() else "marts"
        return pl.read_parquet(info.path / folder / f"{table}.parquet")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)
