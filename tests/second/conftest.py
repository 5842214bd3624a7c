"""The second directorate's snapshots, made once for all its tests."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue, ingest, snapshots
from tests import identities
from tests.second import files

CATALOGUE = Path(__file__).parent / "catalogue"
AS_ATS = (date(2026, 2, 23), date(2026, 3, 2))


@pytest.fixture(scope="session")
def second_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sources imported and two snapshots published."""
    folder = tmp_path_factory.mktemp("second")
    data = folder / "data"
    before = os.environ.get(catalogue.VARIABLE)
    os.environ[catalogue.VARIABLE] = str(CATALOGUE)
    try:
        for kind, file in files.write(folder / "sources"):
            for vintage in AS_ATS if kind == "crimes" else AS_ATS[:1]:
                ingest.import_files(
                    kind, [file], data=data, vintage=vintage.replace(day=vintage.day - 1),
                    delta=False, columns={},
                )  # fmt: skip
        for as_at in AS_ATS:
            snapshots.publish(as_at, data)
    finally:
        os.environ.pop(catalogue.VARIABLE)
        if before:
            os.environ[catalogue.VARIABLE] = before
    return data


@pytest.fixture
def second(second_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, with the directorate's catalogue as the one that serves it."""
    monkeypatch.setenv(catalogue.VARIABLE, str(CATALOGUE))
    monkeypatch.setenv("DASHBOARD_DATA", str(second_data))
    catalogue.keep(catalogue.load(CATALOGUE).directorate)
    return second_data


@pytest.fixture(scope="session")
def others() -> set[str]:
    """The names of the project's own directorate that must not appear here."""
    own = catalogue.load(CATALOGUE)
    shared = {*own.units, *own.areas, *(area.name for area in own.areas.values())}
    return identities.words() - shared
