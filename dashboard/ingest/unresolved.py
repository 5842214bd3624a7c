"""Spellings that the catalogue does not know yet: kept, counted under unknown, and named."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dashboard.catalogue import Catalogue
from dashboard.ingest.adapters import code_of

SHOWN = 10


def area_and_offence_warnings(
    catalogue: Catalogue, what: str, source: str, rows: Iterable[tuple[str, int | Decimal]]
) -> list[str]:
    """One sentence with the totals of every spelling of `what` that aliases.csv has not.

    rows  (spelt, total) of all spellings.
    """
    unknown = [
        (spelt, total) for spelt, total in rows if code_of(catalogue, what, source, spelt) is None
    ]
    unknown.sort(key=lambda row: (-row[1], row[0]))
    if not unknown:
        return []
    return [f"{spelling_list(unknown, what)} not in aliases.csv, counted under unknown"]


def outside_warnings(
    catalogue: Catalogue, source: str, rows: Iterable[tuple[str, int | Decimal]]
) -> list[str]:
    """A sentence for what a file of boroughs counts in none of them: it is in the whole alone.

    rows  (spelt, total) of all spellings of areas.
    """
    codes = [(spelt, total, code_of(catalogue, "area", source, spelt)) for spelt, total in rows]
    inside = [code for _, _, code in codes if code and catalogue.areas[code].kind == "borough"]
    outside = [
        (spelt, total)
        for spelt, total, code in codes
        if total and not (code and catalogue.areas[code].kind == "borough")
    ]
    if not inside or not outside:
        return []
    outside.sort(key=lambda row: (-row[1], row[0]))
    words = _listed(outside)
    total = _number(sum(total for _, total in outside))
    return [f"{total} counted in no borough, so in the whole alone ({words})"]


def spelling_list(rows: list[tuple[str, int | Decimal]], what: str) -> str:
    """'2 spellings of the area ('Foo' 123, 'Bar' 4) are'."""
    number = "1 spelling" if len(rows) == 1 else f"{len(rows):,} spellings"
    return f"{number} of the {what} ({_listed(rows)}) {'is' if len(rows) == 1 else 'are'}"


def _listed(rows: list[tuple[str, int | Decimal]]) -> str:
    words = ", ".join(f"{spelt!r} {_number(total)}" for spelt, total in rows[:SHOWN])
    return words + (f" and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else "")


def _number(total: int | Decimal) -> str:
    return f"{int(total):,}" if total == int(total) else f"{total:,.2f}"
