"""What was revised, reconciled, printed and imported, as cells of the quality page's tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.reports.quality.growth import Growth
from dashboard.reports.quality.rate_checks import Check
from dashboard.reports.quality.reconciliation import Signed
from dashboard.reports.request.accounts import Account
from dashboard.reports.signing import returns as signing
from dashboard.ui.kit.markup import MISSING, Column, Html, join, small, stack, strong
from dashboard.words import dates, numbers, phrases

GROWTH = (
    Column("Period"),
    Column("Known after", wrap=False),
    Column("Periods", "right"),
    Column("Known → now", "right", wrap=False),
    Column("Factor (95 %)", "right", wrap=False),
)


FIGURES = (
    Column("Figure"),
    Column("Published", "right", wrap=False),
    Column("Records then", "right"),
    Column("Records now", "right"),
    Column("Likely cause"),
    Column("Signed"),
)


RATES = (
    Column("Rate"),
    Column("Printed", "right", wrap=False),
    Column("Its parts"),
    Column("Follows", wrap=False),
)


IMPORTS = (
    Column("File"),
    Column("Known on", wrap=False),
    Column("Rows read", "right"),
    Column("Rejected", "right"),
    Column("Left out", "right"),
)


def growth(rows: Iterable[Growth]) -> list[list[Any]]:
    """How much a period grows by its age when it was known."""
    return [
        [
            "Month" if row["grain"] == "month" else "Fortnight",
            row["age"],
            row["pairs"],
            row["said"],
            _factor(row),
        ]
        for row in rows
    ]


def _factor(row: Growth) -> Html | str:
    if row["factor"] is None:
        return MISSING
    if row["low"] is None:
        return stack(f"× {row['factor']:.3f}", small("too few for an interval"))
    return join([f"× {row['factor']:.3f}", small(f"[{row['low']:.3f}–{row['high']:.3f}]")])


def figures_of(rows: Iterable[Signed]) -> list[list[Any]]:
    """Published beside what the records gave then and give now, with the likely cause."""
    return [
        [
            stack(strong(row["name"]), small(f"{row['period']}, {row['unit_code']}")),
            stack(
                row["published_said"],
                small(dates.day(row["published_on"], weekday=False)),
            ),
            row["then_said"],
            row["own_said"],
            stack(strong(phrases.sentence(row["cause"])), small(row["words"])),
            _signed(row),
        ]
        for row in rows
    ]


def _signed(row: Signed) -> Html | str:
    """By whom and why a difference was signed; the mark where it is not."""
    if row["signed"] in ("", signing.BEFORE):
        return ""
    if row["signed"] == signing.SIGNED and row["signed_on"]:
        who = f"{row['signed_by']}, {dates.day(row['signed_on'], weekday=False)}"
        return stack(row["signed_reason"], small(who))
    return strong(numbers.UNSIGNED)


def rates(rows: Iterable[Check]) -> list[list[Any]]:
    """Printed rates beside what their parts come to."""
    return [
        [
            stack(strong(row["name"]), small(row["period"])),
            f"{row['printed']:.1f} %",
            join([row["words"].split(",")[0] if not row["agrees"] else row["words"]]),
            "yes" if row["agrees"] else strong("no"),
        ]
        for row in rows
    ]


def imports(rows: Iterable[Account]) -> list[list[Any]]:
    """Files with what was rejected, and what was left out by rule or as said before."""
    return [
        [
            stack(row["file"], small(row["kind"])),
            row["vintage"],
            _whole(row["rows_read"]),
            strong(_whole(row["rows_rejected"])),
            _whole((row["rows_excluded"] or 0) + (row["rows_superseded"] or 0)),
        ]
        for row in rows
    ]


def _whole(value: float | None) -> str:
    return numbers.figure(value, "n")
