"""The lines of the audit as a table: a page of them by key, or all of them for a file."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.audit_reading import Line, count, lines
from dashboard.access.witness import LONDON
from dashboard.reports.audit.asking import Asked

PAGE = 50
MOST = 10_000  # lines in one file
ERASED = "erased"
TABLE = pa.schema(
    [
        ("line", pa.int64()),
        *((name, pa.string()) for name in ("at", "kind", "who", "what", "unit")),
        ("rows", pa.int64()),
        *((name, pa.string()) for name in ("snapshot", "purpose")),
    ]
)


class Listed(NamedTuple):
    """A page of lines, and the keys of the pages beside it; None where there is none."""

    shown: Disclosed
    newer: int | None
    older: int | None


def page(asked: Asked, before: int | None = None, after: int | None = None) -> Listed:
    """PAGE lines, newest first: those before a line, or after one; else the newest."""
    found = lines(asked.audit, asked.chosen, limit=PAGE, before=before, after=after)
    total = count(asked.audit, asked.chosen)
    shown = _disclosed(asked, found, total)
    if not found:
        return Listed(shown, None, None)
    first, last = found[0].line, found[-1].line
    newer = lines(asked.audit, asked.chosen, limit=1, after=first)
    older = lines(asked.audit, asked.chosen, limit=1, before=last)
    return Listed(shown, first if newer else None, last if older else None)


def whole(asked: Asked) -> Disclosed:
    """The lines that were chosen, the newest MOST of them."""
    found = lines(asked.audit, asked.chosen, limit=MOST)
    return _disclosed(asked, found, count(asked.audit, asked.chosen))


def _disclosed(asked: Asked, found: list[Line], total: int) -> Disclosed:
    cut = (f"the newest {MOST:,} of {total:,}",) if len(found) == MOST < total else ()
    return Disclosed(
        pa.Table.from_pylist([_row(line) for line in found], TABLE),
        f"{total:,} line{'' if total == 1 else 's'}",
        asked.period.words,
        cut,
        asked.stamp(),
    )


def _row(line: Line) -> dict[str, Any]:
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
