"""Units' capacity, harm and needs as cells of the strategic page's tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts.strategy import a_post
from dashboard.reports.strategy.capacity import Capacity
from dashboard.reports.strategy.harm import Offence, Unit
from dashboard.reports.strategy.needs import Need
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import MISSING, Column, Html, link, small, stack, strong
from dashboard.words import numbers

CAPACITY = (Column("Unit"), Column("Signs of pressure", "right"), Column("Why"))
FLOW = (
    Column("Unit", wrap=False),
    Column("Open a year ago", "right"),
    Column("+ Come", "right"),
    Column("− Detected", "right"),
    Column("− No-crimed", "right"),
    Column("− Taken as filed", "right"),
    Column("= Open now", "right"),
    Column("Over 28 days", "right"),
    Column("Over 91 days", "right"),
    Column("Median days", "right"),
    Column("A filled post", "right"),
    Column("Lent, borrowed", "right"),
    Column("Abstracted", "right"),
)


NEEDS = (
    Column("Unit"),
    Column("Development reviews done", "right"),
    Column("Vetting in date", "right"),
    Column("Areas open", "right"),
    Column("Overdue", "right"),
)


HARM = (
    Column("Unit"),
    Column("By harm", "right"),
    Column("By reports", "right"),
    Column("Harm", "right"),
    Column("Reports", "right"),
    Column("With a weight", "right"),
)


WEIGHTS = (
    Column("Offence"),
    Column("By harm", "right"),
    Column("By reports", "right"),
    Column("Weight", "right"),
    Column("Reports", "right"),
    Column("Harm", "right"),
    Column("Source"),
)


def harm(rows: Iterable[Unit]) -> list[list[Any]]:
    """A unit a line: its places, its harm, and how much of its work that is the harm of."""
    return [
        [
            stack(strong(row["unit_code"]), small(row["unit_name"])),
            numbers.number(row["by_harm"]),
            numbers.number(row["by_count"]),
            numbers.number(row["harm"]),
            numbers.number(row["n"]),
            numbers.rate(row["weighed"], row["n"]),
        ]
        for row in rows
    ]


def weights(rows: Iterable[Offence]) -> list[list[Any]]:
    """An offence a line; one without a weight has no harm that is known."""
    return [
        [
            row["offence_name"],
            numbers.number(row["by_harm"]),
            numbers.number(row["by_count"]),
            numbers.number(row["weight"]),
            numbers.number(row["n"]),
            numbers.number(row["harm"]),
            small(row["source"]),
        ]
        for row in rows
    ]


def capacity(rows: Iterable[Capacity]) -> list[list[Any]]:
    """A unit a line: how many signs of pressure it shows, and which."""
    return [
        [
            stack(strong(f"{row['place']} · {row['unit_code']}"), small(row["unit_name"])),
            _signs(row),
            row["reason"],
        ]
        for row in rows
    ]


def of_units(rows: Iterable[Capacity]) -> list[tuple[str, Html]]:
    """The page of each unit that a picture draws."""
    return [
        (row["unit_code"], link(address.link_to("ocu", unit=row["unit_code"]), row["unit_code"]))
        for row in rows
    ]


def _signs(row: Capacity) -> Html | str:
    unknown = small(f"{row['unknown']} {MISSING}") if row["unknown"] else None
    return stack(row["against"], unknown)


def flow(rows: Iterable[Capacity]) -> list[list[Any]]:
    """A unit a line: open a year ago, come and closed since, open now, and how old."""
    return [
        [
            row["unit_code"],
            numbers.number(row["open_before"]),
            numbers.number(row["arrived"]),
            numbers.number(row["detected"]),
            numbers.number(row["no_crimed"]),
            numbers.number(row["filed"]),
            strong(numbers.number(row["open_now"])),
            numbers.number(row["over_28"]),
            numbers.number(row["over_91"]),
            numbers.number(row["median_days"]),
            a_post(row["per_post"]),
            f"{row['lent']}, {row['borrowed']}",
            numbers.number(row["abstracted"]),
        ]
        for row in rows
    ]


def needs(rows: Iterable[Need]) -> list[list[Any]]:
    """A unit a line."""
    return [
        [
            stack(strong(row["unit_code"]), small(row["unit_name"])),
            numbers.figure_with_parts(
                row["reviews"], "percent", (row["reviews_done"], row["reviews_of"])
            ),
            numbers.figure_with_parts(
                row["vetting"], "percent", (row["vetting_done"], row["vetting_of"])
            ),
            numbers.number(row["areas"]),
            numbers.number(row["overdue"]),
        ]
        for row in rows
    ]
