"""Signatures and proposed targets out of files, each in its as-at's clock; the sample's come in
the same way.

An entry says who signed or proposed what when. What is signed are the figures of the snapshot of
its as-at, as if it had been signed on the page then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dashboard.decisions import proposals, signoffs
from dashboard.decisions.signoffs import DIFFERENCE, RETURN, Subject
from dashboard.errors import ContentError, NotFoundError
from dashboard.reports.accountability import targets
from dashboard.reports.accountability.signatures import of_differences
from dashboard.reports.clock import FOREVER
from dashboard.reports.decisions import transfer as decisions
from dashboard.reports.request import Request, open_request
from dashboard.reports.signing import returns

Entry = Mapping[str, Any]
SIGNOFFS, PROPOSALS = "signoffs", "proposals"  # where the entries of a file stand
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


def imported(data: Path, entries: Iterable[Entry], what: str) -> int:
    """Writes what the entries say, the first first; what is there already is passed over.

    return  how many were new
    raises  ContentError that names the first entry that can't be
    """
    write = {SIGNOFFS: _signed, PROPOSALS: _proposed}[what]
    new = 0
    for entry in sorted(entries, key=lambda item: str(item.get("at"))):
        try:
            new += write(data, entry)
        except (KeyError, ValueError, TypeError) as error:
            named = f"{entry.get('unit_code')} at {entry.get('at')}"
            raise ContentError(f"{what}, {named}: {error} is wrong or lacks") from error
    return new


def _at(data: Path, entry: Entry) -> tuple[Request, datetime]:
    request = open_request(date.fromisoformat(entry["as_at"]), None, data)
    return request, datetime.fromisoformat(entry["at"])


def _signed(data: Path, entry: Entry) -> bool:
    month = date.fromisoformat(entry["month"])
    subject = Subject(entry["kind"], entry["unit_code"], month, entry.get("measure"))
    there = signoffs.now(data, subject)
    if there is not None and there["changed_at"] >= datetime.fromisoformat(entry["at"]):
        return False
    request, at = _at(data, entry)
    known = CONTENTS[subject.kind](request)
    if subject not in known:
        raise NotFoundError("return or difference", f"{subject.unit} {month:%Y-%m}")
    signoffs.sign(
        data, entry["by"], at, subject, known[subject], entry.get("reason") or "",
        request.as_at, request.snapshot.id, there["version"] if there else None,
    )  # fmt: skip
    return True


def _proposed(data: Path, entry: Entry) -> bool:
    if any(row["id"] == entry["id"] for row in proposals.known(data, FOREVER)):
        return False
    request, at = _at(data, entry)
    said = {**entry, "since": date.fromisoformat(entry["since"])}
    row = targets.propose(request, entry["by"], said, at, entry["id"])
    if decided := entry.get("decided"):
        request, at = _at(data, decided)
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
