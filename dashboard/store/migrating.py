"""The revision that a store has, and bringing it to the one that the program knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect, text

from dashboard.errors import StoreError
from dashboard.store import dumping
from dashboard.store.engine import database_engine, transaction

INI = Path(__file__).with_name("alembic.ini")
BACKUPS = Path("state") / "backups"
ADVISORY_LOCK = 0x5CD0  # PostgreSQL: one migration at a time
_alembic = Lock()  # Alembic keeps its context in the module


@dataclass(frozen=True)
class Migrated:
    """From which revision a store came to which, and the dump that was made before."""

    old: str | None
    new: str
    backup: Path | None


def head() -> str:
    """The revision that the program knows last."""
    revision = ScriptDirectory.from_config(Config(INI)).get_current_head()
    assert revision is not None, "the migrations are part of the program"
    return revision


def prepare(url: URL, data: Path) -> None:
    """Makes a store where there is none, and brings the embedded one up to date.

    raises  StoreError for a newer store, and for an older one in PostgreSQL, where others may
            be at work with the older program
    """
    folder_of(url)
    old = _revision(url)
    if old is not None:
        _known(old)
    if old not in (None, head()) and url.get_backend_name() == "postgresql":
        raise StoreError(
            f"the store has revision {old}, the program needs {head()}: run"
            " `python -m dashboard store migrate` while nobody writes"
        )
    if old != head():
        migrate(url, data)


def migrate(url: URL, data: Path) -> Migrated:
    """Brings a store to the program's revision, whole or not at all; a dump is made first.

    raises  StoreError where it is newer than the program or can't be written
    """
    folder_of(url)
    engine = database_engine(url, foreign_keys=False)
    try:
        with transaction(engine, writing=True) as connection:
            lock(connection)
            old = revision_of(connection)
            if old is not None:
                _known(old)
            backup = None
            if old not in (None, head()):
                backup = backup_file(data, old)
                dumping.write_dump(connection, old, backup)
            upgrade(connection, head())
            whole(connection)
    finally:
        engine.dispose()
    return Migrated(old, head(), backup)


def upgrade(connection: Connection, revision: str) -> None:
    """Runs the migrations up to `revision` inside the connection's transaction."""
    config = Config(INI)
    config.attributes["connection"] = connection
    with _alembic:
        command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision of a store; None where there is none yet.

    raises  StoreError where the database holds tables of something else
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if revision is None and tables:
        raise StoreError("the database holds tables of another program: give the store its own")
    return revision


def lock(connection: Connection) -> None:
    """Lets one migration or restore run at a time; SQLite's write lock does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def whole(connection: Connection) -> None:
    """raises StoreError where a row of SQLite names another that isn't there."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise StoreError(f"a row of {broken[0]} names one of {broken[2]} that isn't there")


def backup_file(data: Path, revision: str) -> Path:
    """Where the dump before a migration or a restore goes; the folder is made."""
    folder = data / BACKUPS
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return folder / f"store-{revision}-{moment}.jsonl"


def known_revisions() -> list[str]:
    """The revisions that the program can migrate from, the first first."""
    script = ScriptDirectory.from_config(Config(INI))
    return [item.revision for item in script.walk_revisions()][::-1]


def _known(revision: str) -> None:
    if revision not in known_revisions():
        raise StoreError(
            f"the store was written by a newer program (revision {revision}; this one knows up to"
            f" {head()}): start that program, or restore a dump of this one"
        )


def _revision(url: URL) -> str | None:
    engine = database_engine(url)
    try:
        with transaction(engine) as connection:
            return revision_of(connection)
    finally:
        engine.dispose()


def folder_of(url: URL) -> None:
    """Makes the folder of SQLite's file; raises StoreError where it can't be made."""
    if url.get_backend_name() != "sqlite":
        return
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder of the store can't be made: {os.strerror(error.errno or 0)}"
        ) from error
