"""How the lines of the audit stand in cells."""

from __future__ import annotations

from typing import Any

from dashboard.reports.audit.listing import Told
from dashboard.ui.kit.markup import Column, small, stack, strong
from dashboard.words import numbers
from dashboard.words.phrases import sentence

LINES = (
    Column("When", wrap=False),
    Column("Kind", wrap=False),
    Column("Who", wrap=False),
    Column("What"),
    Column("Unit", wrap=False),
    Column("Rows", "right"),
    Column("Snapshot", wrap=False),
)


def lines(told: list[Told]) -> list[list[Any]]:
    """A row of cells a line."""
    return [
        [
            stack(row["at"], small(f"line {row['line']:,}")),
            strong(sentence(row["kind"])),
            row["who"],
            stack(row["what"], small(f"Purpose: {row['purpose']}") if row["purpose"] else None),
            row["unit"] or "",
            "" if row["rows"] is None else numbers.figure(row["rows"], "n"),
            small(row["snapshot"] or ""),
        ]
        for row in told
    ]
