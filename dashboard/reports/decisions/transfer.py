"""Decisions out of a data folder as JSON, and into another; the sample's come in the same way.

An entry is one decision: who raised it when (in the as-at's clock), its fields, what was changed
and said of it, its seal and its result. Without a seal it is sealed on the snapshot of its as-at,
as if it had been raised on the page then; without a result it is judged when its horizon is known.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NotRequired, Required, TypedDict

from dashboard.decisions import book, fields, reading
from dashboard.decisions.sealed import Judged, Sealed
from dashboard.decisions.tables import Comment
from dashboard.errors import ContentError, UsageError
from dashboard.reports.decisions import acts
from dashboard.reports.request import Request, meetings, open_request
from dashboard.reports.request.clock import FOREVER
from dashboard.store.plain import plain_row

KIND = "scd dashboard decisions"
FIELDS = (
    *("raised_from", "origin", "what", "tactic", "four_p", "priority", "owner_unit", "owner_post"),
    *("due", "moves", "measure", "unit", "boroughs", "ratio", "horizon", "sure"),
)
MAY_CHANGE = tuple(
    name for name in (*FIELDS, "state", "done_on", "reason") if name not in fields.SEALED
)


class Changed(TypedDict, total=False):
    """What was changed of a decision, of MAY_CHANGE, with who changed it and when."""

    by: Required[str]
    at: Required[str]
    state: str
    due: str
    done_on: str | None


class Said(TypedDict):
    """A comment."""

    by: str
    at: str
    words: str


class Came(TypedDict):
    """What came of a decision."""

    at: str
    as_at: str
    snapshot_id: str
    found: Judged


class Entry(TypedDict):
    """A decision with all that belongs to it; beside these its other FIELDS."""

    id: str
    by: str
    at: NotRequired[str]
    as_at: str
    snapshot_id: NotRequired[str]
    due: str
    changes: NotRequired[list[Changed]]
    comments: NotRequired[list[Said]]
    seal: NotRequired[Sealed | None]
    result: NotRequired[Came | None]


def exported(data: Path) -> dict[str, Any]:
    """All decisions as they stand, with their whole past."""
    held = reading.book(data, FOREVER)
    parts, said = held.whole(held.heads), defaultdict(list)
    for item in held.said():
        said[item["decision_id"]].append(item)
    return {
        "kind": KIND,
        "decisions": [_entry(data, row["id"], parts, said[row["id"]]) for row in parts.decisions],
    }


def _entry(
    data: Path, decision_id: str, held: reading.Whole, said: Iterable[Comment]
) -> dict[str, Any]:
    first, *later = book.past_of(data, decision_id)
    raised = plain_row(first.after)
    seal, outcome = held.seals.get(decision_id), held.results.get(decision_id)
    return {
        "id": decision_id,
        "by": first.by,
        "at": first.at.isoformat(),
        **{name: raised[name] for name in ("as_at", "snapshot_id", *FIELDS)},
        "changes": [
            {"by": item.by, "at": item.at.isoformat(), **_differences(item.before, item.after)}
            for item in later
        ],
        "comments": [
            {"by": row["changed_by"], "at": row["changed_at"].isoformat(), "words": row["words"]}
            for row in said
        ],
        "seal": seal["sealed"] if seal else None,
        "result": None
        if outcome is None
        else {
            "at": outcome["changed_at"].isoformat(),
            "as_at": outcome["as_at"].isoformat(),
            "snapshot_id": outcome["snapshot_id"],
            "found": outcome["found"],
        },
    }


def _differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, Any]:
    old, new = plain_row(before or {}), plain_row(after)
    return {name: new[name] for name in MAY_CHANGE if new[name] != old.get(name)}


def entries_of(file: Path, kind: str = KIND, what: str = "decisions") -> list[Any]:
    """The entries of a file that says it is of a kind, under the name of what they are.

    raises  ContentError where it holds none, UsageError unread
    """
    try:
        said = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from error
    except ValueError as error:
        raise ContentError(f"{file} is no JSON: {error}") from error
    if not isinstance(said, dict) or said.get("kind") != kind:
        raise ContentError(f"{file} holds no {what} of this program")
    entries = said.get(what)
    if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
        raise ContentError(f"{file} is of this program, but its {what} are no list of entries")
    return entries


def imported(data: Path, entries: Iterable[Entry]) -> int:
    """Writes the entries that are not there yet, each in its as-at's clock.

    return  how many were new
    raises  ContentError that names the first entry that can't be
    """
    there = {head.id for head in reading.book(data, FOREVER).heads}
    new = [entry for entry in entries if entry.get("id") not in there]
    for entry in sorted(new, key=lambda item: str(item.get("at"))):
        try:
            _written(data, entry)
        except (KeyError, ValueError, TypeError) as error:
            raise ContentError(
                f"decision {entry.get('id')!r}: {error} is wrong or lacks"
            ) from error
    return len(new)


def _written(data: Path, entry: Entry) -> None:
    request = open_request(date.fromisoformat(entry["as_at"]), entry.get("snapshot_id"), data)
    said = {name: entry.get(name) for name in FIELDS} | {"due": date.fromisoformat(entry["due"])}
    given = acts.at_meeting(request, said)
    sealed = entry.get("seal") or (acts.seal(request, given) if given.get("measure") else None)
    at = _moment(request, entry)
    book.raise_decision(data, entry["by"], at, given, sealed, entry["id"])
    version = 1
    for item in sorted(entry.get("changes") or (), key=lambda item: item["at"]):
        if item.get("state") == "known":
            continue  # what is judged comes with its result below
        values: dict[str, Any] = {name: said for name, said in item.items() if name in MAY_CHANGE}
        for name in ("due", "done_on"):
            if values.get(name):
                values[name] = date.fromisoformat(values[name])
        book.change(
            data, item["by"], datetime.fromisoformat(item["at"]), entry["id"], version, values
        )
        version += 1
    for comment in entry.get("comments") or ():
        moment = datetime.fromisoformat(comment["at"])
        book.comment(data, comment["by"], moment, entry["id"], comment["words"])
    if result := entry.get("result"):
        book.keep_result(
            data, acts.PROGRAM, datetime.fromisoformat(result["at"]), entry["id"],
            date.fromisoformat(result["as_at"]), result["snapshot_id"], result["found"],
        )  # fmt: skip


def _moment(request: Request, entry: Entry) -> datetime:
    said = entry.get("at")
    if said:
        return datetime.fromisoformat(said)
    return datetime.combine(meetings.day_of(request), time(10), UTC)


def imported_and_judged(data: Path, file: Path, as_ats: Iterable[date]) -> None:
    """Reads a file of decisions into a folder, and judges at each as-at what was due then."""
    imported(data, entries_of(file))
    for as_at in sorted(as_ats):
        acts.judge_due(open_request(as_at, None, data))
