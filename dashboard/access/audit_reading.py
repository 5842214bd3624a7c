"""The lines of the audit as they are read: chosen, a page of them by key, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Select, func, select

from dashboard.access import audit_chain as chain
from dashboard.access.audit import Audit, Kind, beginning
from dashboard.periods import LONDON
from dashboard.rows import typed_row
from dashboard.store.engine import transaction

HOUR = 13  # letters of a line's time up to its hour: '2032-07-13T09'


class Named(chain.Entry):
    """A line with who it was; null where the reference was erased."""

    who: str | None
    purpose: str | None


@dataclass(frozen=True)
class Line:
    """One line; `who` and `purpose` are None where the reference was erased."""

    line: int
    at: datetime
    kind: Kind
    who: str | None
    what: str
    unit: str | None
    rows: int | None
    snapshot: str | None
    purpose: str | None


@dataclass(frozen=True)
class Chosen:
    """Which lines: all that is left out is not asked for.

    since, until  local days, until exclusive
    units         codes of units whose records they were
    words         that stand in what was done or who did it, in whatever case
    """

    since: date | None = None
    until: date | None = None
    kinds: tuple[Kind, ...] = ()
    who: str | None = None
    units: tuple[str, ...] = ()
    words: str = ""


ALL = Chosen()


def lines(
    audit: Audit,
    chosen: Chosen = ALL,
    *,
    limit: int = 200,
    before: int | None = None,
    after: int | None = None,
) -> list[Line]:
    """A page of lines, newest first: the newest before a line, or the next after one."""
    table = chain.lines
    asked = _where(select(table, chain.people.c.who, chain.people.c.purpose), chosen)
    if before is not None:
        asked = asked.where(table.c.line < before)
    newest = table.c.line.desc()
    if after is not None:
        asked, newest = asked.where(table.c.line > after), table.c.line.asc()
    with transaction(audit.engine, what="audit") as connection:
        rows = connection.execute(asked.order_by(newest).limit(limit)).mappings()
        page = [_line(typed_row(Named, row)) for row in rows]
    return page if after is None else page[::-1]


def count(audit: Audit, chosen: Chosen = ALL) -> int:
    """How many lines there are."""
    with transaction(audit.engine, what="audit") as connection:
        return connection.execute(_where(select(func.count()), chosen)).scalar_one()


def by_day(audit: Audit, chosen: Chosen = ALL) -> dict[tuple[date, Kind], int]:
    """How many lines of each kind a local day has; days and kinds without one are left out."""
    hour = func.substr(chain.lines.c.at, 1, HOUR)
    asked = _where(select(hour, chain.lines.c.kind, func.count()), chosen)
    counts: Counter[tuple[date, Kind]] = Counter()
    with transaction(audit.engine, what="audit") as connection:
        for said, kind, n in connection.execute(asked.group_by(hour, chain.lines.c.kind)):
            # The local time is whole hours from UTC: an hour lies in one local day.
            at = datetime.fromisoformat(f"{said}:00+00:00").astimezone(LONDON)
            counts[at.date(), Kind(kind)] += n
    return dict(counts)


@dataclass(frozen=True)
class Onlooker:
    """What one person did: lines, records in them, and when last; `who` None where erased."""

    who: str | None
    lines: int
    rows: int
    last: datetime


def by_person(audit: Audit, chosen: Chosen) -> list[Onlooker]:
    """Who did it, the most records first."""
    table, who = chain.lines, chain.people.c.who
    rows = func.coalesce(func.sum(table.c.rows), 0)
    asked = _where(select(who, func.count(), rows, func.max(table.c.at)), chosen)
    with transaction(audit.engine, what="audit") as connection:
        onlookers = [
            Onlooker(name, n, seen, datetime.fromisoformat(last))
            for name, n, seen, last in connection.execute(asked.group_by(who))
        ]
    return sorted(onlookers, key=lambda item: (-item.rows, -item.lines, item.who or ""))


def people(audit: Audit, chosen: Chosen) -> list[str]:
    """References of those whose lines these are, in their order."""
    return _values(audit, chain.people.c.who, chosen)


def units(audit: Audit, chosen: Chosen) -> list[str]:
    """Codes of the units whose records these lines are of, in their order."""
    return _values(audit, chain.lines.c.unit, chosen)


def _values(audit: Audit, column: Column[Any], chosen: Chosen) -> list[str]:
    asked = _where(select(column).distinct(), chosen).where(column.is_not(None)).order_by(column)
    with transaction(audit.engine, what="audit") as connection:
        return list(connection.execute(asked).scalars())


def _where(asked: Select[Any], chosen: Chosen) -> Select[Any]:
    table, people = chain.lines, chain.people
    joined = table.outerjoin(people, people.c.line == table.c.line)
    return asked.select_from(joined).where(*_conditions(chosen))


def _conditions(chosen: Chosen) -> Iterator[Any]:
    table, who = chain.lines, chain.people.c.who
    if chosen.since is not None:
        yield table.c.at >= beginning(chosen.since)
    if chosen.until is not None:
        yield table.c.at < beginning(chosen.until)
    if chosen.kinds:
        yield table.c.kind.in_([kind.value for kind in chosen.kinds])
    if chosen.who is not None:
        yield who == chosen.who
    if chosen.units:
        yield table.c.unit.in_(chosen.units)
    if chosen.words:
        said = func.lower(table.c.what + " " + func.coalesce(who, ""))
        yield said.contains(chosen.words.lower(), autoescape=True)


def _line(row: Named) -> Line:
    return Line(
        line=row["line"],
        at=datetime.fromisoformat(row["at"]),
        kind=Kind(row["kind"]),
        what=row["what"],
        unit=row["unit"],
        rows=row["rows"],
        snapshot=row["snapshot"],
        who=row["who"],
        purpose=row["purpose"],
    )
