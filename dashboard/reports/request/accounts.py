"""What each source file of a snapshot brought: its accounts of rows and values, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, TypedDict

from dashboard.ingest.sidecars import Covered, Source
from dashboard.periods import Period
from dashboard.reports.request.request import Request
from dashboard.words.headings import heading

PENNY = 0.005  # what sums of money in floating point may be apart
PARTS = ("accepted", "rejected", "superseded", "excluded")
UNTOLD = "null: its account does not say"


class Account(TypedDict):
    """A source file: how many rows it had, and what became of them; the same of its values."""

    kind: str
    file: str
    vintage: str
    sha256: str
    coverage: str
    rows_read: Annotated[int | None, UNTOLD]
    rows_accepted: Annotated[int | None, UNTOLD]
    rows_rejected: Annotated[int | None, UNTOLD]
    rows_superseded: Annotated[int | None, UNTOLD]
    rows_excluded: Annotated[int | None, UNTOLD]
    value_read: Annotated[float | None, UNTOLD]
    value_accepted: Annotated[float | None, UNTOLD]
    value_rejected: Annotated[float | None, UNTOLD]
    value_superseded: Annotated[float | None, UNTOLD]
    value_excluded: Annotated[float | None, UNTOLD]
    adds_up: bool
    warnings: str


def rows(request: Request) -> list[Account]:
    """One row a source file of the open snapshot, in the order of the manifest."""
    return [_row(item) for item in request.snapshot.manifest["sources"]]


def _row(item: Source) -> Account:
    accounts = item.get("accounts", {})
    return {
        "kind": item["kind"],
        "file": item["file"],
        "vintage": str(item.get("vintage") or ""),
        "sha256": item.get("sha256", ""),
        "coverage": coverage_words(item.get("coverage", [])),
        "rows_read": accounts.get("rows_read"),
        "rows_accepted": accounts.get("rows_accepted"),
        "rows_rejected": accounts.get("rows_rejected"),
        "rows_superseded": accounts.get("rows_superseded"),
        "rows_excluded": accounts.get("rows_excluded"),
        "value_read": accounts.get("value_read"),
        "value_accepted": accounts.get("value_accepted"),
        "value_rejected": accounts.get("value_rejected"),
        "value_superseded": accounts.get("value_superseded"),
        "value_excluded": accounts.get("value_excluded"),
        "adds_up": all(_adds_up(accounts, what) for what in ("rows", "value")),
        "warnings": "; ".join([*map(str, item.get("warnings", [])), *_passed(item)]),
    }


def _adds_up(accounts: Mapping[str, Any], what: str) -> bool:
    parts = sum(accounts.get(f"{what}_{part}") or 0 for part in PARTS)
    return bool(abs((accounts.get(f"{what}_read") or 0) - parts) < PENNY)


def _passed(item: Source) -> list[str]:
    """Who let a file pass that was held as implausible, and why."""
    if not (said := item.get("passed")):
        return []
    held = "; ".join(item.get("accounts", {}).get("held", ()))
    return [f"Was held ({held}); let pass on {said['at'][:10]} by {said['by']}: {said['reason']}"]


def coverage_words(spans: Iterable[Covered]) -> str:
    """The whole span that a file covers, in words; '' where it says nothing.

    >>> coverage_words([{"since": "2032-04-01", "until": "2032-07-12"}])
    '1 April to 11 July 2032'
    """
    dates = [(date.fromisoformat(s["since"]), date.fromisoformat(s["until"])) for s in spans]
    if not dates:
        return ""
    return Period(min(since for since, _ in dates), max(until for _, until in dates)).words


def unasked(request: Request) -> dict[str, list[str]]:
    """Rules of which nothing is known, as no loaded file has these columns of theirs."""
    return request.snapshot.manifest.get("unasked", {})


def unasked_notes(request: Request) -> tuple[str, ...]:
    """Which columns no source has, in a sentence; none where each has its source."""
    columns = sorted({name for names in unasked(request).values() for name in names})
    if not columns:
        return ()
    return (f"[x] Not known, as no loaded file has it: {', '.join(map(heading, columns))}.",)
