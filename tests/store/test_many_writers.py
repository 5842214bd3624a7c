"""Twenty writers at once, and writers that are killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from dashboard.errors import StoreError
from dashboard.store import Store, changes, open_store
from dashboard.store import engine as engines
from dashboard.store.engine import VARIABLE
from dashboard.store.tables import history
from tests.choosing import EXHAUSTIVE
from tests.store.notes import notes

PROCESSES, THREADS, TIMES = 4, 5, 10 if EXHAUSTIVE else 4
ROOT = Path(__file__).resolve().parent.parent.parent


def started(*words: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.store.writers", *(str(word) for word in words)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_twenty_writers_lose_no_update(store, data):
    with store.writing("ann") as writing:
        row = writing.add(notes, {"count": 0})
    writers = [started("count", data, f"p{n}.", THREADS, TIMES) for n in range(PROCESSES)]
    said = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * PROCESSES, said
    lines = changes(store, notes, row["id"])
    updates = PROCESSES * THREADS * TIMES
    assert lines[-1].after["count"] == updates
    # Each count follows on the one before, and each writer wrote all of its own.
    assert [line.after["count"] for line in lines] == list(range(updates + 1))
    wrote = [line.by for line in lines[1:]]
    assert {who: wrote.count(who) for who in wrote} == {
        f"p{n}.{m}": TIMES for n in range(PROCESSES) for m in range(THREADS)
    }


def acknowledged_until(writer: subprocess.Popen, lines: int) -> list[int]:
    """What the writer said was kept, up to so many lines."""
    assert writer.stdout is not None
    return [int(writer.stdout.readline()) for _ in range(lines)]


def rest(writer: subprocess.Popen) -> list[int]:
    """What it said was kept since. communicate() would pass over what readline() read ahead."""
    assert writer.stdout is not None
    return [int(line) for line in writer.stdout]


def check_kept(store: Store, who: str, acknowledged: list[int]) -> None:
    with store.reading() as connection:
        mine = select(notes.c.count).where(notes.c.words == who).order_by(notes.c.count)
        kept = list(connection.execute(mine).scalars())
        lines = connection.execute(select(func.count()).select_from(history)).scalar_one()
        rows = connection.execute(select(func.count()).select_from(notes)).scalar_one()
    assert acknowledged and kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= 1  # kept, and killed before it could say so
    assert lines == rows  # never a row without its line


@pytest.mark.few(2)
@pytest.mark.parametrize("lines", [1, 7, 40])
def test_a_killed_writer_loses_nothing_that_it_was_told_is_kept(store, data, lines):
    writer = started("list", data, "ann")
    acknowledged = acknowledged_until(writer, lines)
    writer.send_signal(signal.SIGKILL)
    acknowledged += rest(writer)
    writer.communicate()
    check_kept(store, "ann", acknowledged)


def test_a_server_that_fails_loses_nothing_that_was_acknowledged(server, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, server.new_database())
    store = open_store(tmp_path)
    notes.metadata.create_all(store.engine)
    writer = started("list", tmp_path, "ann")
    acknowledged = acknowledged_until(writer, 20)
    server.crash()
    acknowledged += rest(writer)
    _, complaint = writer.communicate(timeout=60)
    assert VARIABLE in complaint and len(complaint.splitlines()) == 1  # a sentence, no traceback
    server.start()
    check_kept(store, "ann", acknowledged)
    store.engine.dispose()


def test_a_store_made_by_many_at_once_is_made_once(data):
    writers = [started("count", data, "nobody", 0) for _ in range(4)]
    said = [writer.communicate(timeout=60)[1] for writer in writers]
    # None has a row to count: all came as far as their pool of no threads.
    assert all("max_workers" in words for words in said), said
    with open_store(data).reading() as connection:
        assert connection.execute(text("select version_num from alembic_version")).all()


def test_a_writer_who_waits_too_long_is_told_so(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", 0.2)
    store = open_store(tmp_path)
    notes.metadata.create_all(store.engine)
    began = time.monotonic()
    with store.writing("ann") as writing:
        writing.add(notes, {"count": 1})
        with pytest.raises(StoreError, match="busy"), store.writing("bob"):
            pass
    assert time.monotonic() - began < 10
    with store.writing("bob") as writing:
        writing.add(notes, {"count": 2})


def test_the_embedded_store_waits_for_the_disk_and_holds_its_references(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    with open_store(tmp_path).reading() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert said == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000,
    }  # fmt: skip
