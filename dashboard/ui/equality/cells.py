"""Rows of the equality reports as cells of the page's tables; [c] where a count is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.access.suppression import CONFIDENTIAL
from dashboard.reports.equality.completeness import Complete, recorded
from dashboard.reports.equality.groups import Cross
from dashboard.reports.equality.ratios import Ratio
from dashboard.reports.equality.staff import Part, Staff, parts_of
from dashboard.ui.kit.markup import MISSING, Column, Html, join, small, stack, strong
from dashboard.words import numbers

COMPLETE = (
    Column("Unit", wrap=False),
    Column("Ethnicity recorded", "right"),
    Column("Sex recorded", "right"),
    Column("Age recorded", "right"),
)
RATIOS = (
    Column("Group"),
    Column("Victims", "right"),
    Column("Share of known", "right", wrap=False),
    Column("Per reference victim", "right", wrap=False),
    Column("Detected", "right", wrap=False),
    Column("To reference", "right", wrap=False),
    Column("Like for like", "right", wrap=False),
)
STAFF = (
    Column("Unit", wrap=False),
    Column("In post", "right"),
    Column("Women", "right", wrap=False),
    Column("Minority ethnic staff", "right", wrap=False),
)


def complete(rows: Iterable[Complete]) -> list[list[Any]]:
    """One line a unit: the share recorded of each field, with both parts."""
    return [
        [strong(row["unit_code"]), *(_parts(*parts) for parts in recorded(row).values())]
        for row in rows
    ]


def _parts(part: int | None, whole: int | None) -> Html | str:
    if part is None or whole is None:
        return CONFIDENTIAL
    if not whole:
        return MISSING
    share, parts = numbers.parted(part, whole)
    return stack(share, small(parts) if parts else None)


def cross(rows: Iterable[Cross], groups: Sequence[str]) -> tuple[list[Column], list[list[Any]]]:
    """Units down, groups across; the count or [c]."""
    cells: dict[str, dict[str, Cross]] = {}
    for row in rows:
        cells.setdefault(row["unit_code"], {})[row["group"]] = row
    heads = [Column("Unit", wrap=False), *(Column(name, "right") for name in [*groups, "All"])]
    body = [
        [strong(unit), *(_count(by_group[name]["n"]) for name in [*groups, "All"])]
        for unit, by_group in cells.items()
    ]
    return heads, body


def _count(n: int | None) -> str:
    return CONFIDENTIAL if n is None else f"{n:,}"


def ratios(rows: Iterable[Ratio]) -> list[list[Any]]:
    """A group a line: its victims, and how often their crime was detected."""
    return [
        [
            stack(strong(row["group"]), small("reference") if row["reference"] else None),
            _count(row["victims"]),
            _share(row["share"], row["share_low"], row["share_high"]),
            REFERENCE
            if row["reference"]
            else _times(row["ratio"], row["ratio_low"], row["ratio_high"]),
            _detected(row),
            REFERENCE
            if row["reference"]
            else _times(row["relative"], row["relative_low"], row["relative_high"]),
            _like(row),
        ]
        for row in rows
    ]


def parts(rows: Iterable[Ratio]) -> list[str]:
    """'Mixed: 51 detected, 54 expected' of each group; its name where either is hidden."""
    return [
        f"{row['group']}: {row['detected']:,} detected, {row['expected']:,.0f} expected"
        if row["like"] is not None
        else row["group"]
        for row in rows
    ]


def _share(value: float | None, least: float | None, most: float | None) -> Html | str:
    if value is None:
        return ""
    low, high = (numbers.figure(edge, "percent") for edge in (least, most))
    said = numbers.figure(value, "percent")
    return join([said, small(f"[{low.removesuffix(' %')}–{high}]")])


REFERENCE = "1"  # what the reference group is to itself


def _times(value: float | None, low: float | None, high: float | None) -> Html | str:
    """'0.42 [0.40–0.45]'; nothing where it can't be told."""
    if value is None or low is None or high is None:
        return ""
    limits = small(f"[{low:.2f}–{high:.2f}]")
    # What lies beyond chance stands out by weight, not by colour.
    return join([strong(f"{value:.2f}") if low > 1 or high < 1 else f"{value:.2f}", limits])


def _like(row: Ratio) -> Html | str:
    """Detected over expected of the same offences, with what was expected."""
    if row["like"] is None:
        return ""
    expected = small(f"{row['expected']:,.0f} expected")
    return stack(_times(row["like"], row["like_low"], row["like_high"]), expected)


def _detected(row: Ratio) -> Html | str:
    if row["detected"] is None or row["followed"] is None:
        return CONFIDENTIAL
    parts = small(f"{row['detected']:,} of {row['followed']:,}")
    return stack(_share(row["rate"], row["rate_low"], row["rate_high"]) or None, parts)


def staff(rows: Iterable[Staff]) -> list[list[Any]]:
    """A unit a line: its staff in post, women and minority ethnic staff."""
    return [
        [
            strong(row["unit_code"]),
            _count(row["in_post"]),
            *(_part(part) for part in parts_of(row)),
        ]
        for row in rows
    ]


def _part(part: Part) -> Html | str:
    if part.n is None:
        return CONFIDENTIAL
    remark = f" {part.remark} than in all units" if part.remark else ""
    return stack(_share(part.share, part.low, part.high), small(f"{part.n:,}{remark}"))
