"""A dump is whole, portable between the databases, and restored whole or not at all."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import MetaData, text
from typer.testing import CliRunner

from dashboard.__main__ import app
from dashboard.backups import putting, taking
from dashboard.errors import ContentError, StoreError, UsageError
from dashboard.store import changes, draft, keep_draft, keep_pattern, keeping, open_store
from dashboard.store.engine import VARIABLE
from dashboard.store.tables import history, versioned

NOBODYS = versioned("nobodys", into=MetaData())


def filled(data):
    """A store with a row in each of its tables."""
    store = open_store(data)
    keep_draft(store, "ann", "decision:new", {"what": "£1,200 “now”", "none": None})
    keep_pattern(store, "abc", date(2004, 7, 12), "victims", [["F", "18-24"]])
    moment = datetime(2004, 7, 13, 10, tzinfo=UTC)
    with store.writing("ann") as writing:
        for version in (1, 2):
            writing.connection.execute(
                history.insert().values(
                    table_name="nobodys", row_id="a", version=version, by="ann", at=moment,
                    written_at=moment, before=None, after={"id": "a", "version": version},
                )
            )  # fmt: skip
    return store


def rows_of(file):
    lines = file.read_text("utf-8").splitlines()[1:-1]
    return [json.loads(line) for line in lines]


def test_a_dump_goes_from_either_database_to_the_other_and_back(
    data, tmp_path, monkeypatch, server
):
    filled(data)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    dumped = keeping.dump(data, first).rows  # beside these the tables of decisions
    assert {"drafts": 1, "history": 2, "kept_patterns": 1}.items() <= dumped.items()
    assert first.stat().st_mode & 0o777 == 0o600
    to_sqlite = VARIABLE in os.environ
    if to_sqlite:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, server.new_database())
    other = tmp_path / "other"
    keeping.restore(other, first)
    keeping.dump(other, second)
    assert rows_of(first) == rows_of(second)
    # What is written from now on is numbered after what was restored.
    store = open_store(other)
    assert draft(store, "ann", "decision:new") == {"what": "£1,200 “now”", "none": None}
    assert [line.before for line in changes(store, NOBODYS, "a")] == [None, None]
    with store.writing("bob") as writing:
        writing.connection.execute(
            history.insert().values(
                table_name="nobodys", row_id="b", version=1, by="bob",
                at=datetime.now(UTC), written_at=datetime.now(UTC), after={"id": "b"},
            )
        )  # fmt: skip
        ids = writing.connection.execute(text("select id from history order by id")).scalars()
        assert list(ids) == [1, 2, 3]


def test_a_store_that_holds_rows_is_replaced_only_when_said(data, tmp_path):
    store = filled(data)
    file = tmp_path / "dump.jsonl"
    keeping.dump(data, file)
    keep_draft(store, "bob", "decision:new", {"what": "later"})
    with pytest.raises(UsageError, match="5 rows.*--replace"):
        keeping.restore(data, file)
    assert draft(store, "bob", "decision:new") == {"what": "later"}
    backup = keeping.restore(data, file, replace=True).backup
    assert draft(store, "bob", "decision:new") is None
    assert draft(store, "ann", "decision:new") is not None
    keeping.restore(data, backup, replace=True)
    assert draft(store, "bob", "decision:new") == {"what": "later"}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda lines: lines[:-1], "cut"),
        (lambda lines: [*lines[:-1], lines[-1][:20]], "cut"),
        (lambda lines: [lines[0], *lines[2:]], "changed"),
        (lambda lines: [line.replace("ann", "bob") for line in lines], "changed"),
        (lambda lines: ['{"other": 1}', *lines[1:]], "no dump"),
        (lambda lines: [], "no dump"),
    ],
)
def test_a_damaged_dump_is_refused(tmp_path, monkeypatch, damage, words):
    monkeypatch.delenv(VARIABLE, raising=False)
    filled(tmp_path / "data")
    file = tmp_path / "dump.jsonl"
    keeping.dump(tmp_path / "data", file)
    file.write_text("\n".join(damage(file.read_text("utf-8").splitlines())), "utf-8")
    with pytest.raises(ContentError, match=words):
        keeping.restore(tmp_path / "other", file)


def test_a_dump_of_a_newer_program_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    filled(tmp_path / "data")
    file = tmp_path / "dump.jsonl"
    monkeypatch.setattr(keeping.migrating, "revision_of", lambda connection: "9001")
    keeping.dump(tmp_path / "data", file)
    with pytest.raises(StoreError, match="newer program.*9001"):
        keeping.restore(tmp_path / "other", file)


def test_an_address_that_is_no_database_is_refused_without_its_password(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "mysql://ann:secret@host/db")
    with pytest.raises(UsageError, match="postgresql://") as caught:
        open_store(tmp_path)
    assert "secret" not in str(caught.value)


def test_the_commands_say_what_they_did(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    filled(tmp_path / "data")
    file = str(tmp_path / "dump.jsonl")

    def said(*words):
        return CliRunner().invoke(app, ["store", *words], catch_exceptions=False).output

    assert "4 rows of revision" in said("dump", file, "--data", str(tmp_path / "data"))
    assert "Restored 4 rows" in said("restore", file, "--data", str(tmp_path / "other"))
    assert "already" in said("migrate", "--data", str(tmp_path / "other"))


def test_a_backup_of_the_data_folder_holds_the_store_of_either_database(
    data, tmp_path, monkeypatch, server
):
    """And is restored into the database that is named where it is restored."""
    filled(data)
    (data / "state").mkdir(parents=True, exist_ok=True)
    file = taking.take(data, tmp_path / "backup.tar").file
    to_sqlite = VARIABLE in os.environ
    if to_sqlite:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, server.new_database())
    other = tmp_path / "other"
    putting.restore(file, other)
    assert draft(open_store(other), "ann", "decision:new") == {"what": "£1,200 “now”", "none": None}
    if not to_sqlite:
        with pytest.raises(UsageError, match="say --replace"):
            putting.restore(file, tmp_path / "third")
        assert not (tmp_path / "third").exists()
