"""The store of a data folder: opened once a process, read and written in transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine

from dashboard.store import migrating
from dashboard.store.engine import database_engine, database_url, transaction
from dashboard.store.writing import Writing, now

_open: dict[URL, Store] = {}
_lock = Lock()


@dataclass(frozen=True)
class Store:
    """A database of what people write."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which everything is read as at one moment.

        raises  StoreError where the database can't be used
        """
        with transaction(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self, who: str, at: datetime | None = None) -> Iterator[Writing]:
        """A transaction of `who`: once the block has been left, it is on the disk for good.

        at      time in the as-at's clock, where it is not today's: the sample, an import
        raises  StoreError where the database can't be used; nothing is then written
        """
        moment = now()
        with transaction(self.engine, writing=True) as connection:
            yield Writing(connection, who, at or moment, moment)


def is_there(data: Path) -> bool:
    """Whether anybody has written yet: nothing is made by looking."""
    url = database_url(data)
    # A page asks this a dozen times.
    return url.get_backend_name() != "sqlite" or os.path.isfile(url.database or "")


def open_store(data: Path) -> Store:
    """The store of a data folder, which is made where there is none and migrated where it is old.

    raises  StoreError where it can't be used, is newer than the program, or is an older one in
            PostgreSQL, which `store migrate` migrates
    """
    url = database_url(data)
    with _lock:
        if url not in _open:
            migrating.prepare(url, data)
            _open[url] = Store(database_engine(url))
        return _open[url]
