"""Engines: SQLite in the data folder, or the PostgreSQL that DASHBOARD_DATABASE_URL names."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from dashboard.errors import StoreError, UsageError

FILE = Path("state") / "store.sqlite"
VARIABLE = "DASHBOARD_DATABASE_URL"
PATIENCE_SECONDS = 30  # a writer of the embedded store waits as long for those before it
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


def database_url(data: Path) -> URL:
    """The store of a data folder: as DASHBOARD_DATABASE_URL says, else a file in its state/.

    raises  UsageError for an address that is neither SQLite's nor PostgreSQL's
    """
    said = os.environ.get(VARIABLE)
    if not said:
        return sqlite_url(data / FILE)
    try:
        url = make_url(said)
    except ArgumentError:
        url = None
    # The address may hold a password: nothing of it is repeated.
    if url is None or url.get_backend_name() not in DRIVERS or not url.database:
        raise UsageError(
            f"{VARIABLE} is written postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
            " or sqlite:///FILE; it is neither"
        )
    return url.set(drivername=DRIVERS[url.get_backend_name()])


def sqlite_url(file: Path) -> URL:
    """The address of a SQLite file."""
    return _sqlite_url(str(file.absolute()))


@lru_cache(maxsize=64)
def _sqlite_url(file: str) -> URL:
    return URL.create(DRIVERS["sqlite"], database=file)


def database_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions are what the store promises, on either database.

    foreign_keys  off while a migration rebuilds SQLite's tables, which it can't inside a
                  transaction otherwise
    """
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})

    @event.listens_for(engine, "connect")
    def settle(connection: sqlite3.Connection, _record: Any) -> None:
        # Transactions begin where `begin` says, not where the driver guesses.
        connection.isolation_level = None
        _write_ahead(connection)
        # FULL: what was acknowledged is on the disk, also when the power goes.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that began as a reader can find its view outdated and fail at once, however
        # long it would wait: so it takes the lock first.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns on the write-ahead log; SQLite doesn't wait by itself while others do the same."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


@contextmanager
def transaction(
    engine: Engine, *, writing: bool = False, what: str = "store"
) -> Iterator[Connection]:
    """A connection in a transaction: of a writer, or of a reader who sees one moment throughout.

    raises  StoreError where the database can't be used; nothing is then written
    """
    options: dict[str, Any] = {"writing": writing}
    if engine.dialect.name == "postgresql" and not writing:
        options["isolation_level"] = "REPEATABLE READ"
    with said_plainly(what), engine.execution_options(**options).begin() as connection:
        yield connection


@contextmanager
def said_plainly(what: str = "store") -> Iterator[None]:
    """What the database refuses becomes one sentence that says what to do.

    raises  StoreError; IntegrityError goes on, for it is about the row, not the database
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise StoreError(_sentence(what, error)) from error


def _sentence(what: str, error: DBAPIError) -> str:
    below = str(error.orig).lower()
    reasons = {
        "locked": f"the {what} is busy: others have been writing for"
        f" {PATIENCE_SECONDS} seconds; try again",
        "full": f"the disk of the {what} is full: nothing was written; free some space and"
        " try again",
        "no space": f"the disk of the {what} is full: nothing was written; free some space and"
        " try again",
        "readonly": f"the {what} may not be written: give the program's account the right to write"
        " its file and folder",
        "unable to open": f"the {what} can't be opened: see that its folder is there and that the"
        " program's account may write it",
        "malformed": f"the {what} is damaged: restore the last dump with `store restore`",
        "not a database": f"the file of the {what} is no database: restore the last dump",
        "does not exist": f"the database of {VARIABLE} lacks what the {what} needs: run"
        " `store migrate`",
        "permission denied": f"the account of {VARIABLE} lacks a right that the {what} needs",
        "authentication": f"the account of {VARIABLE} was not let in",
        "connect": f"the database of {VARIABLE} can't be reached: see that it runs",
        "terminat": f"the database of {VARIABLE} went away: nothing was written; try again",
    }
    for sign, sentence in reasons.items():
        if sign in below:
            return sentence
    return f"the {what} can't be used ({type(error.orig).__name__}): the log has the rest"
