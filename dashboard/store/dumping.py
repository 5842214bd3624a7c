"""A store as JSON lines, and back: alike for SQLite and PostgreSQL, and for older revisions.

The first line says what it is, then a line a row, the last line how many rows there are and
the hash of all lines before it: a dump that was cut or changed is refused. Tables are read as
the database has them, so that a table declared elsewhere, or of an older revision, is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict, cast

from sqlalchemy import Connection, MetaData, Table, select

from dashboard import __version__
from dashboard.errors import ContentError, UsageError
from dashboard.store.plain import plain_row

KIND = "scd dashboard store"
FORMAT = 1
OWN_TABLE = "alembic_version"  # the revision stands in the first line


class Said(TypedDict, total=False):
    """A line of a dump: the first has dump to dumped_at, a row's its table, the last end."""

    dump: str
    format: int
    revision: str
    program: str
    dumped_at: str
    table: str
    row: dict[str, Any]
    end: dict[str, int]
    sha256: str


@dataclass(frozen=True)
class Dump:
    """A dump that is whole: its revision and how many rows each table has."""

    file: Path
    revision: str
    rows: dict[str, int]

    def lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Table and row, in an order in which each can be inserted."""
        with self.file.open(encoding="utf-8") as source:
            next(source)
            for line in source:
                said: Said = json.loads(line)
                if "table" in said:
                    yield said["table"], said["row"]


def write_dump(connection: Connection, revision: str, file: Path) -> Dump:
    """Dumps every table of a store, read at one moment; the file is whole or not there.

    raises  UsageError where the file can't be written
    """
    beside = file.with_name(f".{file.name}.part")
    try:
        # What people wrote is for nobody else on the machine.
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            rows = _write_lines(connection, revision, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"{file} can't be written: {error.strerror or error}") from error
    return Dump(file, revision, rows)


def _write_lines(connection: Connection, revision: str, out: Any) -> dict[str, int]:
    digest = hashlib.sha256()
    rows: dict[str, int] = {}

    def put(said: Said) -> None:
        line = json.dumps(said, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        digest.update(line)
        out.write(line)

    moment = datetime.now(UTC).isoformat(timespec="seconds")
    put({"dump": KIND, "format": FORMAT, "revision": revision, "program": __version__,
         "dumped_at": moment})  # fmt: skip
    for table in tables(connection):
        rows[table.name] = 0
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            put({"table": table.name, "row": plain_row(row)})
            rows[table.name] += 1
    put({"end": rows, "sha256": digest.hexdigest()})
    return rows


def tables(connection: Connection) -> list[Table]:
    """The store's tables as the database has them, each after those that it names."""
    known = MetaData()
    known.reflect(connection)
    return [table for table in known.sorted_tables if table.name != OWN_TABLE]


def read_dump(file: Path) -> Dump:
    """The dump in `file`, once all of it has been checked.

    raises  UsageError where there is no such file; ContentError where it is none, or was cut
            or changed since
    """
    digest = hashlib.sha256()
    first: Said = {}
    said: Said = {}
    rows: dict[str, int] = {}
    before = ""
    try:
        with file.open("rb") as source:
            for number, line in enumerate(source, start=1):
                said = _line(file, number, line)
                if number == 1:
                    first = said
                elif "table" in said:
                    rows[said["table"]] = rows.get(said["table"], 0) + 1
                before = digest.hexdigest()
                digest.update(line)
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from error
    if first.get("dump") != KIND or first.get("format") != FORMAT:
        raise ContentError(f"{file} is no dump of a store that this program can read")
    if "end" not in said:
        raise ContentError(f"{file} was cut: its last line isn't there; take an older dump")
    counted = {name: n for name, n in said["end"].items() if n}
    if said.get("sha256") != before or counted != rows:
        raise ContentError(f"{file} was changed since it was dumped; take an older dump")
    return Dump(file, first["revision"], said["end"])


def _line(file: Path, number: int, line: bytes) -> Said:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise ContentError(f"{file}:{number}: not a line of a dump, or cut")
    return cast(Said, said)
