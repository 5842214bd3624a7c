"""A tiny data folder of a test: literal files imported, staging and rejects read back."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import ingest


class Folder:
    """Imports in one line, and what became of it."""

    def __init__(self, path: Path):
        self.path = path
        self.data = path / "data"
        self.count = 0

    def write(self, text: str | bytes, name: str = "") -> Path:
        self.count += 1
        file = self.path / (name or f"source-{self.count}.csv")
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    def load(self, kind, source, vintage="2004-07-12", delta=False, columns=None):
        file = source if isinstance(source, Path) else self.write(source)
        return ingest.import_files(
            kind,
            [file],
            data=self.data,
            vintage=date.fromisoformat(vintage) if vintage else None,
            delta=delta,
            columns=columns,
        )[0]

    def rows(self, kind: str) -> pl.DataFrame:
        """All staged rows of a kind, in order of import."""
        items = sorted(
            (item for item in ingest.staged(self.data) if item.kind == kind),
            key=lambda item: item.sequence,
        )
        return pl.concat([pl.read_parquet(item.path) for item in items]) if items else None

    def rejects(self, account) -> list[tuple[int, str, str, str]]:
        """(line, column, value, rule) of every fault."""
        with open(account.rejects, encoding="utf-8", newline="") as stream:
            return [
                (int(row["line"]), row["column"], row["value"], row["rule"])
                for row in csv.DictReader(stream)
            ]

    def everything(self) -> dict[str, bytes]:
        """Name → content of every file in the data folder."""
        return {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in sorted(self.data.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def totals(account, what: str) -> dict[str, float]:
    """The parts of an account, those that are none left out."""
    row = account.as_dict()
    states = ("accepted", "rejected", "superseded", "excluded")
    return {state: row[f"{what}_{state}"] for state in states if row[f"{what}_{state}"]}
