"""One sample at scale 1, read back as a reader of the files would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard import sample


@dataclass(frozen=True)
class Written:
    """The files of a sample, and each kind as it stood at the end."""

    folder: Path
    files: list[sample.SourceFile]
    truth: dict[str, Any]

    def read(self, kind: str) -> pl.DataFrame:
        """All rows of a kind, with the day each was known."""
        parts = [
            _read(item.path).with_columns(pl.lit(item.vintage).alias("vintage"))
            for item in self.files
            if item.kind == kind
        ]
        return pl.concat(parts, how="vertical_relaxed")

    def crimes(self) -> pl.DataFrame:
        """The latest state of each report."""
        return self.read("crimes").sort("vintage").unique("crime_ref", keep="last")


@cache
def _read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, infer_schema_length=None, try_parse_dates=True)


def write(folder: Path, **options: Any) -> Written:
    files = sample.write(folder, **options)
    truth = json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))
    return Written(folder, files, truth)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def crimes(written: Written) -> pl.DataFrame:
    return written.crimes()


@pytest.fixture(scope="session")
def offences(crimes: pl.DataFrame) -> pl.DataFrame:
    """Reports that count: the no-crimed left out."""
    return crimes.filter(pl.col("no_crimed_on").is_null())
