"""A published format of the second directorate alone: a file of its catalogue, and no Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import catalogue, ingest, reports, snapshots
from dashboard.__main__ import app
from tests.second.conftest import CATALOGUE

LOG = (
    "Opened;Patch;Closing code;State\n"
    "2026-02-03;Ashby;Drug supply;Closed\n"
    "2026-02-03;Ashby;Drug supply;Closed\n"
    "2026-02-09;Coldwater;Drug supply;Closed\n"
    "2026-02-10;Coldwater;Drug supply;Exercise\n"
)
STREET = (
    "Crime ID,Month,Falls within,LSOA code,LSOA name,Crime type\n"
    "a1,2026-01,Fenland Constabulary,E01000001,Ashby 001A,Burglary\n"
    "a2,2026-01,Fenland Constabulary,E01000002,Cold 001A,Burglary\n"
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(catalogue.VARIABLE, str(CATALOGUE))
    return tmp_path / "data"


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_its_own_format_is_read_and_serves_a_measure(data: Path, tmp_path: Path):
    file = written(tmp_path, "log.csv", LOG)
    known = date(2026, 2, 20)
    account = ingest.import_files("fen-incidents", [file], data=data, vintage=known)[0]
    assert (account.rows_read, account.rows_accepted) == (4, 3)
    assert account.excluded == {"exercises": 1}
    info = snapshots.publish(date(2026, 3, 2), data)
    request = reports.open_request(info.as_at, data=data)
    rows = request.run(
        "measure_series", measure="drug_trafficking", level="borough", grain="month"
    ).to_pylist()
    counted = {row["borough"]: row["numerator"] for row in rows if row["numerator"]}
    assert counted == {"D01": 2, "D03": 1}


def test_a_packaged_format_that_it_lists_is_read_with_its_own_districts(data: Path, tmp_path: Path):
    areas = written(tmp_path, "areas.csv", "lsoa,district\nE01000001,D01\nE01000002,Coldwater\n")
    file = written(tmp_path, "street.csv", STREET)
    known = date(2026, 2, 20)
    account = ingest.import_files(
        "police-uk-street", [file], data=data, vintage=known, areas=areas
    )[0]
    assert account.rows_accepted == 2
    assert not [line for line in account.warnings if "of the area" in line]


def test_kinds_lists_its_formats_and_no_other(data: Path):
    said = CliRunner().invoke(app, ["kinds", "--data", str(data)]).output
    assert "fen-incidents" in said and "police-uk-street" in said
    assert "mps-" not in said
    columns = CliRunner().invoke(app, ["kinds", "fen-incidents", "--data", str(data)]).output
    assert "Closing code" in columns
