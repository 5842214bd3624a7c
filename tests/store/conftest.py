"""A store of each test, on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from dashboard.store import Store, open_store
from dashboard.store.engine import VARIABLE, database_url
from tests.store import postgres
from tests.store.notes import notes


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL; where none can be started the tests say why and are skipped."""
    running = postgres.running()
    try:
        found = running.__enter__()
    except postgres.CantStartError as error:
        pytest.skip(str(error))
    yield found
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def data(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose store, not made yet, is in one database and then in the other."""
    monkeypatch.delenv(VARIABLE, raising=False)
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        monkeypatch.setenv(VARIABLE, server.new_database())
    return tmp_path / "data"


@pytest.fixture
def url(data: Path) -> URL:
    return database_url(data)


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    """An empty store that has the table `notes` beside its own."""
    opened = open_store(data)
    notes.metadata.create_all(opened.engine)
    yield opened
    opened.engine.dispose()
