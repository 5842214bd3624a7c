"""Data of an older program, made by its own code: opened, migrated, every address with the same
counts. What the program says besides (alerts, verdicts) may differ; it says which program does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from typer.testing import CliRunner

from dashboard import __version__, snapshots
from dashboard.__main__ import app
from dashboard.backups import putting, taking
from dashboard.store import draft, migrating, open_store
from dashboard.store.engine import VARIABLE, database_url
from tests.choosing import EXHAUSTIVE
from tests.screens import screen
from tests.store.test_migrations import OLDER as FIRST_SCHEMA
from tests.store.test_migrations import at_revision
from tests.upgrade import answers

ROOT = Path(__file__).resolve().parents[2]
BEGAN = (
    "ba01b41"  # the last commit before there was a store, a version and a catalogue of one's own
)
pytestmark = pytest.mark.skipif(
    not EXHAUSTIVE, reason="an older program makes its sample first; EXHAUSTIVE=1"
)


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> tuple[Path, Path]:
    """The older program's folder, and a data folder that it made, with a store of the first schema
    beside: nobody was able to write before there was one."""
    folder = tmp_path_factory.mktemp("older")
    code = folder / "program"
    code.mkdir()
    given = subprocess.run(["git", "-C", str(ROOT), "archive", BEGAN], capture_output=True)
    if given.returncode:
        pytest.skip(f"this copy has no history: {BEGAN} can't be taken from it")
    subprocess.run(["tar", "-x", "-C", str(code)], input=given.stdout, check=True)
    said(code, ["-m", "dashboard", "sample", "--data", str(folder / "data")])
    at_revision(database_url(folder / "data"), FIRST_SCHEMA)
    return code, folder / "data"


def said(code: Path, words: list[str]) -> str:
    clean = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", VARIABLE)
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=code, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def told(older: tuple[Path, Path], what: str):
    """What the older program answers of its own data."""
    return json.loads(said(older[0], [answers.__file__, what, str(older[1])]))


def test_counts_are_those_of_the_program_that_published_them(older):
    then, now = told(older, "counts"), answers.counts(older[1])
    assert sum(map(len, then.values())) > 100_000
    assert {key: now[key] for key in then} == then


def test_snapshots_are_whole_and_the_store_is_migrated(older):
    data = older[1]
    assert len(snapshots.listing(data)) == 8 and snapshots.scan(data)[1] == []
    assert all(snapshots.verify(info) == [] for info in snapshots.listing(data))
    store = open_store(data)
    assert draft(store, "ann", "decision:new") == {"what": "x"}
    with store.reading() as connection:
        assert migrating.revision_of(connection) == migrating.head()
    assert list((data / "state" / "backups").glob(f"store-{FIRST_SCHEMA}-*.jsonl"))


def test_it_is_backed_up_and_restored(older, tmp_path):
    made = taking.take(older[1], tmp_path / "older.tar")
    putting.restore(made.file, tmp_path / "data")
    ids = [[item.id for item in snapshots.listing(data)] for data in (older[1], tmp_path / "data")]
    assert ids[0] == ids[1] and len(ids[0]) == 8


def test_every_address_of_its_pages_opens(older, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(older[1]))
    every = told(older, "links")
    assert len(every) > 500
    wrong = [f"{address}: {fault}" for address in every for fault in faults(address)]
    assert wrong == []


def faults(address: str) -> list[str]:
    """What an address of the older program does not do in this one, in words."""
    page, _, query = address.partition("?")
    if not (ROOT / "pages" / f"{page}.py").is_file():
        return ["there is no such page"]
    shown = screen(page)
    for key, value in parse_qsl(query):
        shown.query_params[key] = value
    shown.run()
    text = " ".join(item.proto.body for item in shown.get("html"))
    found = [str(item.value) for item in (*shown.exception, *shown.error)]
    if 'class="fault"' in text:
        found.append(text.partition('class="fault"')[2][:200])
    if page != "meeting" and f"read by version {__version__}" not in text:
        found.append("it does not say which program its verdicts are of")
    return found


def test_the_pages_say_of_which_program_the_verdicts_are(older):
    info = snapshots.listing(older[1])[-1]
    assert info.manifest["program"] == "0.1.0" != __version__
    done = CliRunner().invoke(app, ["snapshots", "list", "--data", str(older[1]), "--json"])
    assert [row["program"] for row in json.loads(done.output)] == ["0.1.0"] * 8
