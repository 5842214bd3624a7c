"""Files imported as the command does it, and the months that come of them."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard import ingest, reports


def month(row):
    return row["period_start"].year, row["period_start"].month


class Files:
    """Files imported as the command does it, and the months that the force's series then has."""

    def __init__(self, folder):
        self.folder = folder

    def load(self, text, kind="mps-borough-crime", vintage="2024-05-10"):
        name = "book.xlsx" if isinstance(text, bytes) and text[:2] == b"PK" else "file.csv"
        file = self.folder.path / f"{vintage}-{name}"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        known = dt.date.fromisoformat(vintage)
        return ingest.import_files(kind, [file], data=self.folder.data, vintage=known)[0]

    def rows(self, measure="commercial_robbery"):
        info = self.folder.publish("2024-06-01")
        request = reports.open_request(info.as_at, None, self.folder.data)
        asked = {"measure": measure, "level": "force", "grain": "month"}
        return request.run("measure_series", **asked).to_pylist()

    def months(self, measure="commercial_robbery"):
        return {month(row): row["numerator"] for row in self.rows(measure)}


@pytest.fixture
def files(folder):
    return Files(folder)
