"""The audit: who saw, took, decided what, and was refused. It only grows.

It has a database file of its own, so that its disk filling up stops no decision. Callers record
before they hand anything out: where a record view, an export or a statement can't be recorded,
`record` raises and nothing is handed out; aggregates aren't recorded and go on.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from dashboard.access import audit_chain as chain
from dashboard.access.witness import FILE
from dashboard.errors import AuditError, StoreError, visible
from dashboard.periods import LONDON, years_before
from dashboard.rows import typed_row
from dashboard.store.engine import database_engine, said_plainly, sqlite_url, transaction
from dashboard.store.plain import storable

HEAD_EVERY = 100
KEEP_YEARS = 6  # references to staff; the lines themselves stay
PROGRAM = "the program"
log = logging.getLogger("dashboard.audit")


class Kind(StrEnum):
    """What is recorded."""

    sign_in = "sign-in"
    record_view = "record view"
    export = "export"
    statement = "statement"
    decision = "decision"
    refusal = "refusal"
    command = "command"
    loading = "file loaded"  # or let pass, or withdrawn
    audit = "audit"  # looked at, checked, erased from
    erasure = chain.ERASURE


# What may not happen unrecorded. A decision, a sign-in or a refusal goes on, and the log says so.
NEEDED = frozenset({Kind.record_view, Kind.export, Kind.statement})


@dataclass(frozen=True)
class Audit:
    """The audit of a data folder."""

    file: Path
    engine: Engine

    def record(
        self,
        kind: Kind,
        who: str,
        what: str,
        rows: int | None = None,
        snapshot: str | None = None,
        purpose: str | None = None,
        unit: str | None = None,
    ) -> int | None:
        """Writes a line before what it says happens, and returns its number.

        who      reference of a member of staff; `what` must not name one, for it is never erased
        unit     whose records they were: a commander sees who looked at the own ones
        raises   AuditError where a kind of NEEDED can't be written. The others return None then,
                 and the log says that a line is missing.
        """
        written = self.record_all(kind, who, what, [(unit, rows)], snapshot, purpose)
        return written[0] if written else None

    def record_all(
        self,
        kind: Kind,
        who: str,
        what: str,
        of: Sequence[tuple[str | None, int | None]],
        snapshot: str | None = None,
        purpose: str | None = None,
    ) -> list[int]:
        """As `record`, a line for each unit with its rows: all of them or none, in one go, so that
        whoever looks waits for the disk once. Returns the lines' numbers."""
        kind = Kind(kind)
        added: list[tuple[chain.Entry | None, chain.Entry]] = []
        try:
            if not self.file.exists():
                raise StoreError("the file of the audit is gone")
            with transaction(self.engine, writing=True, what="audit") as connection:
                for unit, rows in of:
                    before = last_line(connection)
                    line = append(
                        connection, kind, who, purpose, visible(what), unit, rows, snapshot
                    )
                    added.append((before, line))
        except StoreError as error:
            if kind in NEEDED:
                raise AuditError(
                    f"this is refused, for it can't be recorded: {error}. Totals can be seen"
                ) from error
            log.error("a line of the audit is missing (%s): %s", kind, error)
            return []
        for before, line in added:
            self._log_heads(before, line)
        return [line["line"] for _, line in added]

    def _log_heads(self, before: chain.Entry | None, line: chain.Entry) -> None:
        if before is not None and day_of(before["at"]) != day_of(line["at"]):
            log_head(before["line"], before["hash"])  # how the day before ended
        if line["line"] % HEAD_EVERY == 0:
            log_head(line["line"], line["hash"])

    def head(self) -> tuple[int, str]:
        """The last line's number and hash; 0 and zeros before the first."""
        with transaction(self.engine, what="audit") as connection:
            last = last_line(connection)
        return (last["line"], last["hash"]) if last is not None else (0, chain.FIRST)

    def log_head(self) -> tuple[int, str]:
        """Logs the head and returns it."""
        head = self.head()
        log_head(*head)
        return head

    def start(self) -> None:
        """As the server starts: logs the head, erases what is old, and logs each day's end."""
        self.log_head()
        self.erase_before(years_before(datetime.now(LONDON).date(), KEEP_YEARS))
        self._until_midnight()

    def _until_midnight(self) -> None:
        today = datetime.now(LONDON)
        end = datetime.combine(today.date() + timedelta(days=1), time(), LONDON)
        waiting = threading.Timer((end - today).total_seconds() + 1, self._end_day)
        waiting.daemon = True
        waiting.start()

    def _end_day(self) -> None:
        try:
            self.log_head()
        except StoreError as error:
            log.error("the head of the audit can't be read: %s", error)
        self._until_midnight()

    def faults(self, heads: dict[int, str]) -> list[str]:
        """What is wrong with the audit, each with its line; see audit_chain.faults."""
        with transaction(self.engine, what="audit") as connection:
            return chain.faults(connection, heads)

    def erase_before(self, day: date) -> int:
        """Erases who did what, and their purposes, in lines before a day; returns how many."""
        return self._erase(chain.lines.c.at < beginning(day), f"before {day.isoformat()}")

    def erase_person(self, who: str) -> int:
        """Erases a person's reference from every line, on request; returns how many."""
        return self._erase(chain.people.c.who == who, "on request")

    def _erase(self, which: Any, rule: str) -> int:
        people = chain.people
        held = select(people.c.line).join(chain.lines, chain.lines.c.line == people.c.line)
        with transaction(self.engine, writing=True, what="audit") as connection:
            # Overwritten, rather than left in a free page of the file.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            numbers = list(connection.execute(held.where(which)).scalars())
            if numbers:
                words = chain.erasure_words(numbers, rule)
                append(connection, Kind.erasure, PROGRAM, None, words)
                for number in numbers:
                    connection.execute(delete(people).where(people.c.line == number))
        with said_plainly("audit"), self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nor in the log beside it
        return len(numbers)


def open_audit(data: Path) -> Audit:
    """The audit of a data folder, made where there is none.

    raises  AuditError where it can't be made or opened
    """
    file = data / FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        engine = database_engine(sqlite_url(file))
        with transaction(engine, writing=True, what="audit") as connection:
            chain.metadata.create_all(connection)
    except (OSError, StoreError) as error:
        raise AuditError(f"the audit can't be opened: {error}") from error
    return Audit(file, engine)


def append(
    connection: Connection,
    kind: Kind,
    who: str,
    purpose: str | None,
    what: str,
    unit: str | None = None,
    rows: int | None = None,
    snapshot: str | None = None,
) -> chain.Entry:
    """Adds the next line of the chain, and who it was beside it."""
    storable({"who": who, "what": what, "purpose": purpose or ""})
    last = last_line(connection)
    salt = secrets.token_hex(32)
    line: chain.Entry = {
        "line": last["line"] + 1 if last is not None else 1,
        "at": datetime.now(UTC).isoformat(),
        "kind": kind.value,
        "who_digest": chain.digest(salt, who),
        "what": what,
        "unit": unit,
        "rows": rows,
        "snapshot": snapshot,
        "purpose_digest": chain.digest(salt, purpose) if purpose is not None else None,
        "previous": last["hash"] if last is not None else chain.FIRST,
        "hash": "",
    }
    line["hash"] = chain.line_hash(line)
    connection.execute(insert(chain.lines).values(line))
    person: chain.Person = {"line": line["line"], "salt": salt, "who": who, "purpose": purpose}
    connection.execute(insert(chain.people).values(person))
    return line


def last_line(connection: Connection) -> chain.Entry | None:
    """The newest line; None where there is none."""
    newest = select(chain.lines).order_by(chain.lines.c.line.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return None if row is None else typed_row(chain.Entry, row)


def log_head(number: int, said: str) -> None:
    """Says the head in the log, in the words that `audit verify --heads` reads."""
    log.info("audit head %d %s", number, said)


def beginning(day: date) -> str:
    """When a local day begins, as a line's time is written."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC).isoformat()


def day_of(at: str) -> date:
    """The local day of a line's time."""
    return datetime.fromisoformat(at).astimezone(LONDON).date()
