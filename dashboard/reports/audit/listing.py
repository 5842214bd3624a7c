"""The lines of the audit as a table: a page of them by key, or all of them for a file."""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypedDict

from dashboard.access import Disclosed
from dashboard.access.audit_reading import Line, count, lines
from dashboard.periods import LONDON
from dashboard.reports.audit.asking import Asked
from dashboard.rows import table

PAGE = 50
MOST = 10_000  # lines in one file
ERASED = "erased"


class Told(TypedDict):
    """A line of the audit."""

    line: int
    at: str
    kind: str
    who: str
    what: str
    unit: Annotated[str | None, "null: of no unit"]
    rows: Annotated[int | None, "null: of no rows"]
    snapshot: Annotated[str | None, "null: of no snapshot"]
    purpose: Annotated[str | None, "null: none was asked for"]


class Listed(NamedTuple):
    """A page of lines, and the keys of the pages beside it; None where there is none."""

    shown: Disclosed
    newer: int | None
    older: int | None


def page(asked: Asked, before: int | None = None, after: int | None = None) -> Listed:
    """PAGE lines, newest first: those before a line, or after one; else the newest."""
    listed = lines(asked.audit, asked.chosen, limit=PAGE, before=before, after=after)
    total = count(asked.audit, asked.chosen)
    shown = _disclosed(asked, listed, total)
    if not listed:
        return Listed(shown, None, None)
    first, last = listed[0].line, listed[-1].line
    newer = lines(asked.audit, asked.chosen, limit=1, after=first)
    older = lines(asked.audit, asked.chosen, limit=1, before=last)
    return Listed(shown, first if newer else None, last if older else None)


def chosen_lines(asked: Asked) -> Disclosed:
    """The lines that were chosen, the newest MOST of them."""
    listed = lines(asked.audit, asked.chosen, limit=MOST)
    return _disclosed(asked, listed, count(asked.audit, asked.chosen))


def _disclosed(asked: Asked, listed: list[Line], total: int) -> Disclosed:
    cut = (f"the newest {MOST:,} of {total:,}",) if len(listed) == MOST < total else ()
    return Disclosed(
        table(Told, [_row(line) for line in listed]),
        f"{total:,} line{'' if total == 1 else 's'}",
        asked.period.words,
        cut,
        asked.stamp(),
    )


def _row(line: Line) -> Told:
    return {
        "line": line.line,
        "at": f"{line.at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}",
        "kind": line.kind.value,
        "who": line.who or ERASED,
        "what": line.what,
        "unit": line.unit,
        "rows": line.rows,
        "snapshot": line.snapshot,
        "purpose": line.purpose,
    }
