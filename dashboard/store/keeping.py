"""Dump, restore and migrate the store of a data folder: what the command line asks for."""

from __future__ import annotations

from pathlib import Path

from dashboard.errors import ContentError
from dashboard.store import migrating, restoring
from dashboard.store.dumping import Dump, write_dump
from dashboard.store.engine import database_engine, database_url, transaction
from dashboard.store.migrating import Migrated
from dashboard.store.restoring import Restored
from dashboard.store.store import is_there

NONE = "there is no store here yet: nobody has written anything"


def dump(data: Path, file: Path) -> Dump:
    """Dumps the store as it stands, at whatever revision it has.

    raises  ContentError where there is no store yet
    """
    if not is_there(data):
        raise ContentError(NONE)  # SQLite would make an empty file
    url = database_url(data)
    engine = database_engine(url)
    try:
        with transaction(engine) as connection:
            revision = migrating.revision_of(connection)
            if revision is None:
                raise ContentError(NONE)
            return write_dump(connection, revision, file)
    finally:
        engine.dispose()


def restore(data: Path, file: Path, *, replace: bool = False) -> Restored:
    """As `restoring.restore`, for the store of a data folder."""
    return restoring.restore(database_url(data), data, file, replace=replace)


def migrate(data: Path) -> Migrated:
    """Brings the store of a data folder to the program's revision; see `migrating.migrate`."""
    return migrating.migrate(database_url(data), data)
