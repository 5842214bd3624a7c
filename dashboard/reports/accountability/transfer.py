"""Signatures and proposed targets out of files, each in its as-at's clock; the sample's come in
the same way.

An entry says who signed or proposed what when. What is signed are the figures that it names;
without any those of the snapshot of its as-at, as if it had been signed on the page then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from dashboard import rows
from dashboard.decisions import proposals, signoffs
from dashboard.decisions.entries import written
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
CONTENTS: dict[str, Callable[[Request], dict[Subject, Mapping[str, Any]]]] = {
    RETURN: lambda request: {x.subject: x.content for x in returns.returned_months(request)},
    DIFFERENCE: lambda request: {x.subject: x.content for x in of_differences(request)},
}


class Signature(TypedDict):
    """A signature, or one withdrawn; what may lack is taken from the snapshot of its as-at."""

    by: str
    at: str
    as_at: str
    snapshot_id: NotRequired[str]
    kind: str
    unit_code: str
    month: str
    measure: NotRequired[str | None]
    state: NotRequired[str]
    reason: NotRequired[str | None]
    figures: NotRequired[Mapping[str, Any]]


class Decided(TypedDict):
    """What the board decided of a proposal."""

    by: str
    at: str
    as_at: NotRequired[str]
    snapshot_id: NotRequired[str]
    state: str
    words: str


class Proposed(TypedDict):
    """A proposal with what was decided of it."""

    id: str
    by: str
    at: str
    as_at: str
    snapshot_id: NotRequired[str]
    unit_code: str
    measure: str
    since: str
    target: str
    basis: str
    reason: str
    decided: NotRequired[Decided | None]


def entries_of(file: Path, what: str) -> list[Any]:
    """The entries of a file of SIGNOFFS or PROPOSALS.

    raises  ContentError where it holds none, UsageError unread
    """
    return decisions.entries_of(file, KINDS[what], what)


def exported(data: Path, what: str) -> Mapping[str, Any]:
    """All signatures, or all proposals, with their whole past: a file that `read` takes."""
    entries = {SIGNOFFS: _signatures, PROPOSALS: _proposals}[what]
    return {"kind": KINDS[what], what: entries(data) if is_there(data) else []}


def _signatures(data: Path) -> list[Signature]:
    """Each signature and each withdrawal, in the order in which they were given."""
    store = open_store(data)
    pasts = [
        changes(store, signoffs.signoffs, subject.row_id)
        for subject in signoffs.signoffs_at(data, FOREVER)
    ]
    told = [(item, plain_row(item.after)) for past in pasts for item in past]
    entries = [
        rows.typed_row(
            Signature,
            {"by": item.by, "at": item.at.isoformat(), **{name: row[name] for name in SIGNED}},
        )
        for item, row in told
    ]
    return sorted(entries, key=lambda item: (item["at"], item["kind"], item["unit_code"]))


def _proposals(data: Path) -> list[Proposed]:
    """Each proposal with what was decided of it, in the order in which they were made."""
    entries: list[Proposed] = []
    for row in proposals.proposals_at(data, FOREVER):
        first, *later = changes(open_store(data), proposals.proposals, row["id"])
        proposed = plain_row(first.after)
        own = {"id": row["id"], "by": first.by, "at": first.at.isoformat(), "decided": None}
        entry = rows.typed_row(Proposed, own | {name: proposed[name] for name in PROPOSED})
        for item in later:  # one: what is decided stays
            after = rows.typed_row(proposals.Proposal, item.after)
            entry["decided"] = {
                "by": item.by,
                "at": item.at.isoformat(),
                "state": after["state"],
                "words": after["decision"] or "",
            }
        entries.append(entry)
    return sorted(entries, key=lambda item: (item["at"], item["id"]))


def imported(data: Path, entries: Iterable[Any], what: str) -> int:
    """Writes sign-offs or proposals as `entries.written` has it."""
    write: Callable[[Path, Any], bool] = _signed if what == SIGNOFFS else _proposed

    def named(entry: Mapping[str, object]) -> str:
        return f"{entry.get('unit_code')} at {entry.get('at')}"

    return written(entries, lambda entry: write(data, entry), what, named)


def _at(data: Path, entry: Signature | Proposed | Decided, as_at: str) -> tuple[Request, datetime]:
    request = open_request(date.fromisoformat(as_at), entry.get("snapshot_id"), data)
    return request, datetime.fromisoformat(entry["at"])


def _signed(data: Path, entry: Signature) -> bool:
    month = date.fromisoformat(entry["month"])
    subject = Subject(entry["kind"], entry["unit_code"], month, entry.get("measure"))
    there = signoffs.signoff_now(data, subject)
    if there is not None and there["changed_at"] >= datetime.fromisoformat(entry["at"]):
        return False
    request, at = _at(data, entry, entry["as_at"])
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


def _proposed(data: Path, entry: Proposed) -> bool:
    if any(row["id"] == entry["id"] for row in proposals.proposals_at(data, FOREVER)):
        return False
    request, at = _at(data, entry, entry["as_at"])
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
        imported(data, entries_of(file, what), what)
