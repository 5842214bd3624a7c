"""Signatures and proposed targets out of files, each in its as-at's clock; the sample's come in
the same way.

An entry says who signed or proposed what when. What is signed are the figures that it names;
without any those of the snapshot of its as-at, as if it had been signed on the page then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dashboard.decisions import proposals, signoffs
from dashboard.decisions.entries import Entry, written
from dashboard.decisions.signoffs import DIFFERENCE, RETURN, Subject
from dashboard.errors import NotFoundError
from dashboard.reports.accountability import targets
from dashboard.reports.accountability.signatures import of_differences
from dashboard.reports.decisions import transfer as decisions
from dashboard.reports.request import Request, open_request
from dashboard.reports.request.clock import FOREVER
from dashboard.reports.signing import returns
from dashboard.store import changes, is_there, open_store
from dashboard.store.plain import plain_row

SIGNOFFS, PROPOSALS = "signoffs", "proposals"  # where the entries of a file stand
# What an entry holds beside who and when.
SIGNED = (
    *("as_at", "snapshot_id", "kind", "unit_code", "month", "measure", "state", "reason"),
    "figures",
)
PROPOSED = (
    *("as_at", "snapshot_id", "unit_code", "measure", "since", "target", "basis", "reason"),
)
KINDS = {SIGNOFFS: "scd dashboard sign-offs", PROPOSALS: "scd dashboard proposals"}
# What there is to sign of each kind, and the figures that a signature is put under.
CONTENTS: dict[str, Callable[[Request], dict[Subject, dict[str, Any]]]] = {
    RETURN: lambda request: {x.subject: x.content for x in returns.held(request)},
    DIFFERENCE: lambda request: {x.subject: x.content for x in of_differences(request)},
}


def read(file: Path, what: str) -> list[dict[str, Any]]:
    """The entries of a file of SIGNOFFS or PROPOSALS.

    raises  ContentError where it holds none, UsageError unread
    """
    return decisions.read(file, KINDS[what], what)


def exported(data: Path, what: str) -> dict[str, Any]:
    """All signatures, or all proposals, with their whole past: a file that `read` takes."""
    entries = {SIGNOFFS: _signatures, PROPOSALS: _proposals}[what]
    return {"kind": KINDS[what], what: entries(data) if is_there(data) else []}


def _signatures(data: Path) -> list[dict[str, Any]]:
    """Each signature and each withdrawal, in the order in which they were given."""
    store = open_store(data)
    pasts = [
        changes(store, signoffs.signoffs, subject.row_id)
        for subject in signoffs.known(data, FOREVER)
    ]
    told = [(item, plain_row(item.after)) for past in pasts for item in past]
    entries = [
        {"by": item.by, "at": item.at.isoformat(), **{name: row[name] for name in SIGNED}}
        for item, row in told
    ]
    return sorted(entries, key=lambda item: (item["at"], item["kind"], item["unit_code"]))


def _proposals(data: Path) -> list[dict[str, Any]]:
    """Each proposal with what was decided of it, in the order in which they were made."""
    entries: list[dict[str, Any]] = []
    for row in proposals.known(data, FOREVER):
        first, *later = changes(open_store(data), proposals.proposals, row["id"])
        proposed = plain_row(first.after)
        entry: dict[str, Any] = {"id": row["id"], "by": first.by, "at": first.at.isoformat()}
        entry |= {name: proposed[name] for name in PROPOSED} | {"decided": None}
        for item in later:  # one: what is decided stays
            decided = {"state": item.after["state"], "words": item.after["decision"] or ""}
            entry["decided"] = {"by": item.by, "at": item.at.isoformat(), **decided}
        entries.append(entry)
    return sorted(entries, key=lambda item: (item["at"], item["id"]))


def imported(data: Path, entries: Iterable[Entry], what: str) -> int:
    """Writes sign-offs or proposals as `entries.written` has it."""
    write = {SIGNOFFS: _signed, PROPOSALS: _proposed}[what]

    def named(entry: Entry) -> str:
        return f"{entry.get('unit_code')} at {entry.get('at')}"

    return written(entries, lambda entry: write(data, entry), what, named)


def _at(data: Path, entry: Entry, as_at: str = "") -> tuple[Request, datetime]:
    day = date.fromisoformat(as_at or entry["as_at"])
    request = open_request(day, entry.get("snapshot_id"), data)
    return request, datetime.fromisoformat(entry["at"])


def _signed(data: Path, entry: Entry) -> bool:
    month = date.fromisoformat(entry["month"])
    subject = Subject(entry["kind"], entry["unit_code"], month, entry.get("measure"))
    there = signoffs.now(data, subject)
    if there is not None and there["changed_at"] >= datetime.fromisoformat(entry["at"]):
        return False
    request, at = _at(data, entry)
    reason, version = entry.get("reason") or "", there["version"] if there else None
    if entry.get("state") == signoffs.WITHDRAWN and version is not None:
        signoffs.withdraw(data, entry["by"], at, subject, version, reason)
        return True
    figures = entry.get("figures") or CONTENTS[subject.kind](request).get(subject)
    if figures is None:
        raise NotFoundError("return or difference", f"{subject.unit} {month:%Y-%m}")
    signoffs.sign(
        data, entry["by"], at, subject, figures, reason, request.as_at, request.snapshot.id, version
    )
    return True


def _proposed(data: Path, entry: Entry) -> bool:
    if any(row["id"] == entry["id"] for row in proposals.known(data, FOREVER)):
        return False
    request, at = _at(data, entry)
    said = {**entry, "since": date.fromisoformat(entry["since"])}
    row = targets.propose(request, entry["by"], said, at, entry["id"])
    if decided := entry.get("decided"):
        request, at = _at(data, decided, decided.get("as_at") or entry["as_at"])
        targets.decide(request, decided["by"], row, decided["state"], decided["words"], at)
    return True


def lived(data: Path, folder: Path, names: tuple[str, str, str], as_ats: Iterable[date]) -> None:
    """Reads what the sample's meetings decided, and what was signed and proposed for them.

    folder, names  where the files of decisions, sign-offs and proposals lie
    """
    decided, signed, proposed = (folder / name for name in names)
    decisions.imported_and_judged(data, decided, as_ats)
    for file, what in ((signed, SIGNOFFS), (proposed, PROPOSALS)):
        imported(data, read(file, what), what)
