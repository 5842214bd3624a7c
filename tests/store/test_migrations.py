"""A store that is empty, older, newer or somebody else's is opened, migrated or refused."""

from __future__ import annotations

import importlib
import json
import pkgutil
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from dashboard import decisions
from dashboard.errors import StoreError
from dashboard.store import draft, keep_pattern, metadata, migrating, open_store
from dashboard.store.engine import database_engine, transaction
from tests.store.notes import notes

OLDER = "0001"


def at_revision(url, revision):
    """A store of an older program, with a draft and a line of history in it."""
    migrating.folder_of(url)
    engine = database_engine(url)
    with transaction(engine, writing=True) as connection:
        migrating.upgrade(connection, revision)
        moment = "2004-07-13 10:00:00.000000"
        connection.execute(
            text("insert into drafts values ('ann', 'decision:new', '{\"what\": \"x\"}', :moment)"),
            {"moment": moment},
        )
        connection.execute(
            text(
                'insert into history (table_name, row_id, version, "by", at, written_at, "after")'
                " values ('notes', 'a', 1, 'ann', :moment, :moment, '{\"count\": 4}')"
            ),
            {"moment": moment},
        )
    engine.dispose()


def test_a_new_store_has_the_tables_that_the_program_declares(data, url):
    for module in pkgutil.iter_modules(decisions.__path__):  # which declare them
        importlib.import_module(f"{decisions.__name__}.{module.name}")
    store = open_store(data)
    with store.reading() as connection:
        assert migrating.revision_of(connection) == migrating.head()
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_a_filled_older_store_is_migrated_and_keeps_its_rows(data, url):
    at_revision(url, OLDER)
    done = migrating.migrate(url, data)
    assert (done.old, done.new) == (OLDER, migrating.head())
    # What stood there before can be had back.
    said = [json.loads(line) for line in done.backup.read_text("utf-8").splitlines()]
    assert said[0]["revision"] == OLDER and said[-1]["end"] == {"drafts": 1, "history": 1}
    store = open_store(data)
    assert draft(store, "ann", "decision:new") == {"what": "x"}
    with store.reading() as connection:
        lines = connection.execute(text('select "by", "after" from history')).all()
    assert [line.by for line in lines] == ["ann"]
    assert keep_pattern(store, "abc", date(2004, 7, 12), "victims", []) == []  # the new table
    assert migrating.migrate(url, data).backup is None  # a second time there is nothing to do


def test_an_older_store_is_migrated_when_opened_where_nobody_else_uses_it(data, url):
    at_revision(url, OLDER)
    if url.get_backend_name() == "postgresql":
        with pytest.raises(StoreError, match=f"{OLDER}.*store migrate"):
            open_store(data)
        return
    assert draft(open_store(data), "ann", "decision:new") == {"what": "x"}
    assert len(list((data / migrating.BACKUPS).iterdir())) == 1


def test_a_migration_that_fails_changes_nothing(data, url, monkeypatch):
    at_revision(url, OLDER)

    def broken(connection):
        raise StoreError("planted")

    monkeypatch.setattr(migrating, "whole", broken)
    with pytest.raises(StoreError, match="planted"):
        migrating.migrate(url, data)
    engine = database_engine(url)
    with transaction(engine) as connection:
        assert migrating.revision_of(connection) == OLDER
        assert connection.execute(text("select person from drafts")).scalar() == "ann"
    engine.dispose()


@pytest.mark.parametrize("opened", [lambda url, data: open_store(data), migrating.migrate])
def test_a_newer_store_is_refused(data, url, opened):
    at_revision(url, "head")
    engine = database_engine(url)
    with transaction(engine, writing=True) as connection:
        connection.execute(text("update alembic_version set version_num = '9001'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer program.*9001"):
        opened(url, data)


def test_a_database_of_another_program_is_left_alone(data, url):
    migrating.folder_of(url)
    engine = database_engine(url)
    notes.metadata.create_all(engine)
    engine.dispose()
    with pytest.raises(StoreError, match="another program"):
        open_store(data)
