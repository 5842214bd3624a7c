"""Rows of the overtime reports about the budget as cells of their tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from dashboard.catalogue import ours
from dashboard.reports.decisions.board import Decided
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.board import Explained
from dashboard.reports.overtime.breakdown import Part, by_cause
from dashboard.reports.overtime.decided import Moved
from dashboard.reports.overtime.use import Officers, Operation
from dashboard.stats.year_end import chance_words
from dashboard.ui.kit import address
from dashboard.ui.kit.bars import Bar, bar
from dashboard.ui.kit.markup import MISSING, Column, Html, figure, join, link, small, stack, strong
from dashboard.words import numbers, phrases, status

PAGE = "overtime"

BOARD = (
    Column("Unit"),
    Column("", words="Spent, forecast and budget as a bar"),
    Column("Spent of profile", "right", wrap=False),
    Column("Forecast of budget", "right", wrap=False),
    Column("Over budget", "right", wrap=False),
    Column("Why", wrap=False),
)
DECIDED = (
    Column("Stands", wrap=False),
    Column("Decision"),
    Column("Owner"),
    Column("Moved"),
)
MOVED = (
    Column("Unit"),
    Column("Gave", "right", wrap=False),
    Column("Got", "right", wrap=False),
    Column("Budget", "right", wrap=False),
    Column("With what was moved", "right", wrap=False),
    Column("Forecast beyond it", "right", wrap=False),
)
MONTHS = (
    Column("Month"),
    Column("Profile", "right"),
    Column("Spent", "right"),
    Column("Difference", "right"),
    Column("Added up", "right"),
)
CATEGORIES = (
    Column("Category"),
    Column("Profile", "right"),
    Column("Spent", "right"),
    Column("Difference", "right"),
    Column("Hours", "right"),
)
OPERATIONS = (
    Column("Operation"),
    Column("Spent", "right"),
    Column("Hours", "right"),
    Column("Claims", "right"),
    Column("People", "right"),
)


def officer_columns() -> tuple[Column, ...]:
    """The heads of `officers`."""
    return (
        Column("Unit"),
        Column("Officers", "right", wrap=False),
        Column(f"{ours().currency} a month", "right", wrap=False),
        Column("Hours a month", "right", wrap=False),
    )


def board(rows: Iterable[Explained], pages: Collection[str]) -> list[list[Any]]:
    """Cells of the first table; a unit's name opens its own table."""
    return [
        [
            _unit(row, pages),
            _bar(row),
            stack(
                figure(numbers.pounds(row["spent_gbp"]), row, "spent_gbp"),
                small(
                    *("of ", figure(numbers.pounds(row["profiled_gbp"]), row, "profiled_gbp")),
                    f", {signed(row['variance_gbp'])}",
                ),
                small(f"{numbers.pounds(row['committed_gbp'])} committed for months to come")
                if row["committed_gbp"]
                else None,
            ),
            *_year_end(row),
            stack(
                *(small(part) for part in (*row["why"].split("; "), row.get("explanation")) if part)
            ),
        ]
        for row in rows
    ]


def decided(rows: Iterable[Decided]) -> list[list[Any]]:
    """Cells of what the Star Chamber decided; each opens its own page, where it is closed."""
    return [
        [
            row["standing"],
            stack(
                link(address.link_to("decisions", decision=row["id"]), strong(row["what"])),
                small(row["tactic"]),
            ),
            stack(row["owner_unit"], small(row["owner_post"])),
            small(row["moved"]),
        ]
        for row in rows
    ]


def moved(rows: Iterable[Moved]) -> list[list[Any]]:
    """Cells of budget moved, to the penny."""
    return [
        [
            row["unit_name"],
            row["gave_said"],
            row["got_said"],
            row["budget_said"],
            stack(strong(row["with_said"]), small(row["moved_said"])),
            stack(strong(row["beyond_said"]), small(f"forecast {row['forecast_said']}")),
        ]
        for row in rows
    ]


def _bar(row: Explained) -> Html:
    """What is spent, where the year ends four times in five, and the year's budget as a mark."""
    over = row["over"]
    tone = "plain" if over is None else status.TARGET[chance_words(1 - over)].tone
    spent, budget = row["spent_gbp"], row["budget_gbp"]
    drawn: Bar = {
        "bar": spent,
        "low": row["low_gbp"],
        "high": row["high_gbp"],
        "mark": budget,
        "tone": tone,
        "end": numbers.track(spent, row["low_gbp"], row["high_gbp"], budget),
    }
    said = f"{numbers.pounds(spent)} spent of a budget of {numbers.pounds(budget)}"
    return bar(drawn, f"{row['unit_name']}: {said}")


def code_and_name(code: str, words: str) -> Html:
    """A unit's code above its name; what has no code of its own, or no other name, in one line."""
    name = words.removeprefix(f"{code} ")
    return strong(words) if name == words else stack(strong(code), small(name))


def _unit(row: Explained, pages: Collection[str]) -> Html:
    said = code_and_name(row["unit_code"], row["unit_name"])
    if row["kind"] == "total" or row["unit_code"] not in pages:
        return said
    return link(address.link_to(PAGE, unit=row["unit_code"]), said, label=row["unit_name"])


def _year_end(row: Explained) -> list[Html]:
    """Forecast of the year's budget, and what it is over it; before period 3 that it is too
    early."""
    budget = small(f"of {numbers.pounds(row['budget_gbp'])}")
    if row["forecast_gbp"] is None:
        return [stack(small("too early"), budget), small("too early")]
    return [
        stack(numbers.pounds(row["forecast_gbp"]), budget, _band(row)),
        stack(strong(signed(row["beyond_gbp"])), small(row["chance"])),
    ]


def _band(row: Explained) -> Html | None:
    if row["low_gbp"] is None:
        return None
    return small(f"{numbers.pounds(row['low_gbp'])}–{row['high_gbp']:,}")


def signed(value: int | None) -> str:
    """'+£23,461', '−£260'; '[x]' where there is none."""
    return numbers.pounds(value, sign=True)


def totals(kinds: Iterable[str]) -> list[str]:
    """The class of each row by its kind: the sum stands out."""
    return ["chosen" if kind == "total" else "" for kind in kinds]


def months(rows: list[Part]) -> tuple[list[Column], list[list[Any]]]:
    """Heads and cells; a cause that is nothing anywhere has no column."""
    cells = [[*_money(row), signed(row["running_gbp"]), *_causes(rows, row)] for row in rows]
    return [*MONTHS, *_cause_heads(rows)], cells


def categories(rows: list[Part]) -> tuple[list[Column], list[list[Any]]]:
    """As `months`, with the hours."""
    cells = [[*_money(row), numbers.number(row["hours"], 1), *_causes(rows, row)] for row in rows]
    return [*CATEGORIES, *_cause_heads(rows)], cells


def _named(rows: list[Part]) -> list[str]:
    return [name for name in words.CAUSES if any(by_cause(row)[name] for row in rows)]


def _cause_heads(rows: list[Part]) -> list[Column]:
    return [Column(phrases.sentence(words.CAUSES[name]), "right") for name in _named(rows)]


def _money(row: Part) -> list[Any]:
    return [
        phrases.sentence(row["label"]),
        figure(numbers.pounds(row["profiled_gbp"]), row, "profiled_gbp"),
        figure(numbers.pounds(row["spent_gbp"]), row, "spent_gbp"),
        strong(signed(row["variance_gbp"])),
    ]


def _causes(rows: list[Part], row: Part) -> list[str]:
    return [signed(by_cause(row)[name]) for name in _named(rows)]


def operations(rows: Iterable[Operation]) -> list[list[Any]]:
    return [
        [
            phrases.sentence(row["label"]),
            numbers.pounds(row["spent_gbp"]),
            numbers.number(row["hours"], 1),
            numbers.number(row["n"]),
            numbers.number(row["people"]) if row["people"] is not None else status.NONE,
        ]
        for row in rows
    ]


def officers(rows: Iterable[Officers]) -> list[list[Any]]:
    """What is spent in bold, what was budgeted below it."""
    return [
        [
            row["unit_name"],
            join(
                [
                    strong(numbers.number(row["there"])),
                    small(f"of {numbers.number(row['budgeted'])}"),
                ]
            ),
            _beside(row["spent_gbp"], row["budget_gbp"], ours().currency),
            _beside(row["hours"], row["budget_hours"]),
        ]
        for row in rows
    ]


def _beside(value: float | None, budget: float | None, mark: str = "") -> Html:
    said = MISSING if value is None else f"{mark}{numbers.number(value, 2)}"
    if budget is None:
        return strong(said)
    return join([strong(said), small(f"of {mark}{numbers.number(budget, 2)}")], " ")
