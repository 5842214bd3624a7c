"""Signatures out of a file, each in its as-at's clock; the sample's come in the same way.

An entry says who signed what when: its figures are those of the snapshot of its as-at, as if it
had been signed on the page then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import DIFFERENCE, RETURN, Subject
from dashboard.errors import ContentError, NotFoundError, UsageError
from dashboard.reports.accountability.signatures import of_differences
from dashboard.reports.decisions import transfer as decisions
from dashboard.reports.request import Request, open_request
from dashboard.reports.signing import returns

KIND = "scd dashboard sign-offs"
# What there is to sign of each kind, and the figures that a signature is put under.
CONTENTS: dict[str, Callable[[Request], dict[Subject, dict[str, Any]]]] = {
    RETURN: lambda request: {x.subject: x.content for x in returns.held(request)},
    DIFFERENCE: lambda request: {x.subject: x.content for x in of_differences(request)},
}


def read(file: Path) -> list[dict[str, Any]]:
    """The entries of a file; raises ContentError where it holds none, UsageError unread."""
    try:
        said = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from error
    except ValueError as error:
        raise ContentError(f"{file} is no JSON: {error}") from error
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise ContentError(f"{file} holds no sign-offs of this program")
    return list(said["signoffs"])


def imported(data: Path, entries: Iterable[Mapping[str, Any]]) -> int:
    """Signs what the entries say, the first first; what is there already is passed over.

    return  how many were new
    raises  ContentError that names the first entry that can't be
    """
    new = 0
    for entry in sorted(entries, key=lambda item: str(item.get("at"))):
        try:
            new += _signed(data, entry)
        except (KeyError, ValueError, TypeError) as error:
            named = f"{entry.get('unit_code')} {entry.get('month')}"
            raise ContentError(f"sign-off of {named}: {error} is wrong or lacks") from error
    return new


def _signed(data: Path, entry: Mapping[str, Any]) -> bool:
    at = datetime.fromisoformat(entry["at"])
    month = date.fromisoformat(entry["month"])
    subject = Subject(entry["kind"], entry["unit_code"], month, entry.get("measure"))
    there = signoffs.now(data, subject)
    if there is not None and there["changed_at"] >= at:
        return False
    request = open_request(date.fromisoformat(entry["as_at"]), None, data)
    known = CONTENTS[subject.kind](request)
    if subject not in known:
        raise NotFoundError("return or difference", f"{subject.unit} {month:%Y-%m}")
    signoffs.sign(
        data, entry["by"], at, subject, known[subject], entry.get("reason") or "",
        request.as_at, request.snapshot.id, there["version"] if there else None,
    )  # fmt: skip
    return True


def lived(data: Path, folder: Path, names: tuple[str, str], as_ats: Iterable[date]) -> None:
    """Reads what the sample's meetings decided and what was signed for them.

    folder, names  where the files of decisions and of sign-offs lie
    """
    decided, signed = (folder / name for name in names)
    decisions.imported_and_judged(data, decided, as_ats)
    imported(data, read(signed))
