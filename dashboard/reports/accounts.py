"""What each source file of a snapshot brought: its accounts of rows and values, as rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.periods import Period
from dashboard.reports.request import Request
from dashboard.words.headings import heading

PENNY = 0.005  # what sums of money in floating point may be apart
PARTS = ("accepted", "rejected", "superseded", "excluded")

ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "file", "vintage", "sha256", "coverage")),
        *((f"rows_{name}", pa.int64()) for name in ("read", *PARTS)),
        *((f"value_{name}", pa.float64()) for name in ("read", *PARTS)),
        ("adds_up", pa.bool_()),
        ("warnings", pa.string()),
    ]
)


def rows(request: Request) -> list[dict[str, Any]]:
    """One row of ROWS a source file of the open snapshot, in the order of the manifest."""
    return [_row(item) for item in request.snapshot.manifest["sources"]]


def _row(item: dict[str, Any]) -> dict[str, Any]:
    accounts = item.get("accounts", {})
    row: dict[str, Any] = {
        "kind": item["kind"],
        "file": item["file"],
        "vintage": str(item.get("vintage") or ""),
        "sha256": item.get("sha256", ""),
        "coverage": coverage_words(item.get("coverage", [])),
        "warnings": " ".join([*map(str, item.get("warnings", [])), *_passed(item)]),
    }
    for what in ("rows", "value"):
        for part in ("read", *PARTS):
            row[f"{what}_{part}"] = accounts.get(f"{what}_{part}")
    row["adds_up"] = all(
        abs((row[f"{what}_read"] or 0) - sum(row[f"{what}_{part}"] or 0 for part in PARTS)) < PENNY
        for what in ("rows", "value")
    )
    return row


def _passed(item: dict[str, Any]) -> list[str]:
    """Who let a file pass that was held as implausible, and why."""
    if not (said := item.get("passed")):
        return []
    held = "; ".join(item.get("accounts", {}).get("held", ()))
    return [f"Was held ({held}); let pass on {said['at'][:10]} by {said['by']}: {said['reason']}"]


def coverage_words(spans: list[dict[str, Any]]) -> str:
    """The whole span that a file covers, in words; '' where it says nothing.

    >>> coverage_words([{"since": "2032-04-01", "until": "2032-07-12"}])
    '1 April to 11 July 2032'
    """
    dates = [
        (date.fromisoformat(str(span["since"])), date.fromisoformat(str(span["until"])))
        for span in spans
        if span.get("since") and span.get("until")
    ]
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
