"""Explanations and marks out of a data folder as JSON, and into another, each with its past.

An entry is one thing that was said of a figure: by whom, when (in the as-at's clock), of which
snapshot. What is said later of the same figure is an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from dashboard import rows
from dashboard.decisions import remarks
from dashboard.decisions.entries import written
from dashboard.decisions.remarks import Subject
from dashboard.reports.request import open_request
from dashboard.reports.request.clock import FOREVER
from dashboard.store import changes, is_there, open_store
from dashboard.store.plain import plain_row

KIND, EXPLANATIONS = "scd dashboard explanations", "explanations"
SUBJECT = tuple(Subject.__dataclass_fields__)
SAID = (*SUBJECT, "mark", "words", "as_at", "snapshot_id")


class Entry(TypedDict):
    """What was said of a figure, with who said it and when."""

    by: str
    at: str
    measure: str
    unit_code: str
    borough: NotRequired[str | None]
    window_since: str
    window_until: str
    mark: NotRequired[str | None]
    words: NotRequired[str | None]
    as_at: str
    snapshot_id: NotRequired[str]


def exported(data: Path) -> dict[str, Any]:
    """All that was ever said of figures, in the order in which it was said."""
    entries: list[Entry] = []
    for subject in remarks.remarks_at(data, FOREVER) if is_there(data) else ():
        for item in changes(open_store(data), remarks.remarks, subject.row_id):
            row = plain_row(item.after)
            said: dict[str, Any] = {name: row[name] for name in SAID}
            entries.append(
                rows.typed_row(Entry, {"by": item.by, "at": item.at.isoformat(), **said})
            )
    entries.sort(key=lambda item: (item["at"], *(str(value) for value in _subject(item))))
    return {"kind": KIND, EXPLANATIONS: entries}


def imported(data: Path, entries: Iterable[Entry]) -> int:
    """Writes explanations as `entries.written` has it."""

    def named(entry: Entry) -> str:
        return f"{entry.get('measure')} of {entry.get('unit_code')} at {entry.get('at')}"

    return written(entries, lambda entry: _written(data, entry), EXPLANATIONS, named)


def _subject(item: Entry) -> tuple[str | None, ...]:
    borough = item.get("borough")
    return item["measure"], item["unit_code"], borough, item["window_since"], item["window_until"]


def _written(data: Path, entry: Entry) -> bool:
    since = date.fromisoformat(entry["window_since"])
    until = date.fromisoformat(entry["window_until"])
    subject = Subject(entry["measure"], entry["unit_code"], entry.get("borough"), since, until)
    at = datetime.fromisoformat(entry["at"])
    there = remarks.now(data, subject)
    if there is not None and there["changed_at"] >= at:
        return False
    request = open_request(date.fromisoformat(entry["as_at"]), entry.get("snapshot_id"), data)
    request.measure(subject.measure)
    request.catalogue.unit(subject.unit_code)
    remarks.put(
        data, entry["by"], at, subject, entry.get("mark"), entry.get("words") or "",
        request.as_at, request.snapshot.id, there["version"] if there else None,
    )  # fmt: skip
    return True
