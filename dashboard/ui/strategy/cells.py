"""Rows of the strategic reports as cells of the page's tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.access import Disclosed
from dashboard.charts.strategy import a_post, figure
from dashboard.reports import Request
from dashboard.reports.decisions.board import Decided
from dashboard.reports.strategy import past_levels
from dashboard.reports.strategy.achieved import STATES, Achieved, by_state
from dashboard.reports.strategy.capacity import Capacity
from dashboard.reports.strategy.harm import Offence, Unit
from dashboard.reports.strategy.needs import Need
from dashboard.reports.strategy.past_levels import Record
from dashboard.reports.strategy.priorities import Priority
from dashboard.reports.strategy.workshop import Level, Line
from dashboard.ui.kit import address, markup
from dashboard.ui.kit.markup import MISSING, Column, Html, join, link, small, stack, strong, tag
from dashboard.ui.kit.series import to_series
from dashboard.words import dates, numbers
from dashboard.words.figures import FIGURE_OF

TONES = {"likely to be missed": "bad", "likely to be met": "good"}
ACHIEVED = (
    Column("Priority"),
    Column("Decisions", "right"),
    *(Column(words, "right") for words in STATES.values()),
    Column("Cost", "right"),
)
RESULTS = (Column("Decided", wrap=False), Column("What"), Column("What came of it"))
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
LEVELS = (
    Column("Measure"),
    Column("Last year", "right"),
    Column("Next year", "right"),
    Column("Met in 80 of 100", "right"),
    Column("Target set, its chance", "right"),
)
CHANCES = (Column("Level"), Column("Chance", "right"), Column(""))
RECORD = (
    Column("Levels chosen at 80 %"),
    Column("Foretold before", "right"),
    Column("Levels", "right"),
    Column("Met", "right"),
    Column("Promised", "right"),
    Column("By steps", "right"),
    Column("95 % interval", "right"),
)


def priority_columns(rows: list[Priority]) -> list[Column]:
    """Heads of the priorities' table, a year a column."""
    years = rows[0]["years"] if rows else []
    return [
        Column("Measure"),
        *(Column(words, "right", wrap=False) for words in years),
        Column("So far", "right"),
        Column("Target", "right"),
        Column("Year’s end"),
    ]


def priorities(request: Request, rows: Iterable[Priority]) -> list[list[Any]]:
    """A measure a line, its priority named where it begins, each a link to its own series."""
    lines, before = [], None
    for row in rows:
        name = row["priority"] if row["priority"] != before else ""
        before = row["priority"]
        measure = to_series(request, row, FIGURE_OF)
        lines.append(
            [
                stack(
                    strong(name) if name else None,
                    join([measure, small(row["scope"] or row["unit_code"])]),
                ),
                *(_year(row, at) for at in range(len(row["years"]))),
                stack(markup.figure(row["figure"], row), small(row["period_words"] or "")),
                small(row["target_words"] or "no target"),
                _end(row),
            ]
        )
    return lines


def _year(row: Priority, at: int) -> Html | str:
    said = figure(row["values"][at], row["unit"])
    return small(said) if row["broken"][at] else said


def _end(row: Priority) -> Html | str:
    if not row["verdict"]:
        return "–"
    return tag("span", row["verdict"], class_=f"said {TONES.get(row['outlook'], 'quiet')}")


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


def achieved(rows: Iterable[Achieved]) -> list[list[Any]]:
    """A priority a line: its decisions by what came of them."""
    return [
        [
            row["priority"],
            strong(numbers.number(row["n"])),
            *map(numbers.number, by_state(row).values()),
            numbers.pounds(row["cost_gbp"]),
        ]
        for row in rows
    ]


def results(rows: Iterable[Decided]) -> list[list[Any]]:
    """A decision with a result a line."""
    return [
        [
            dates.day(row["meeting"], weekday=False),
            stack(
                link(address.link_to("decisions", decision=row["id"]), row["what"]),
                small(row["priority"]) if row["priority"] else None,
            ),
            row["result"],
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
            numbers.full(row["reviews"], "percent", (row["reviews_done"], row["reviews_of"])),
            numbers.full(row["vetting"], "percent", (row["vetting_done"], row["vetting_of"])),
            numbers.number(row["areas"]),
            numbers.number(row["overdue"]),
        ]
        for row in rows
    ]


def levels(rows: Iterable[Level]) -> list[list[Any]]:
    """A measure a line: last year, next year's band, the level; why none is told."""
    return [
        [
            _measure(row),
            figure(row["last"], row["unit"]),
            _band(row),
            stack(strong(row["level_words"]), small(f"from {row['rests_on']}"))
            if row["level_words"]
            else "–",
            _target(row),
        ]
        for row in rows
    ]


def _measure(row: Level) -> Html:
    if row["level"] is None:
        return stack(row["name"], small(f"no level: {row['why_not']}"))
    return link(address.link_to("strategy", view="targets", measure=row["measure"]), row["name"])


def _band(row: Level) -> Html | str:
    expected, low, high = row["expected"], row["low80"], row["high80"]
    if expected is None or low is None or high is None:
        return "–"
    said = [_whole(row, value) for value in (expected, low, high)]
    return stack(said[0], small(f"{said[1]}–{said[2]}"))


def _whole(row: Level, value: float) -> str:
    return f"{value:,.0f}" if row["unit"] == "n" else numbers.figure(value, row["unit"])


def _target(row: Level) -> Html | str:
    if row["target_words"] is None:
        return small("none set")
    chance = None if row["target_chance"] is None else numbers.chance(row["target_chance"])
    return stack(row["target_words"], strong(chance) if chance else None)


def chances(rows: Iterable[Line]) -> list[list[Any]]:
    """A level a line, with its chance in number and words; years have none."""
    return [
        [
            strong(row["label"]) if row["kind"] in ("chosen", "typed") else row["label"],
            numbers.chance(row["chance"]),
            stack(row["said"], small(MARKS[row["kind"]]) if row["kind"] in MARKS else None),
        ]
        for row in rows
        if row["chance"] is not None
    ]


MARKS = {"chosen": "for 80 of 100", "typed": "typed"}


def record(rows: Iterable[Record]) -> list[list[Any]]:
    """All counts or rates together a line, then each measure."""
    listed = sorted(rows, key=lambda row: row["measure"] != past_levels.ALL)
    return [
        [
            strong(row["name"]) if row["measure"] == past_levels.ALL else row["name"],
            f"{row['wait']} months" if row["wait"] else "its first day",
            f"{row['n']:,} of {row['years']} year{'' if row['years'] == 1 else 's'}",
            numbers.share_of(row["met"], row["n"]),
            numbers.share(row["promised"]),
            numbers.share(row["by_steps"]),
            f"{100 * row['low']:.0f}–{100 * row['high']:.0f} %",
        ]
        for row in listed
    ]


def wholes(found: Disclosed) -> int:
    """How many lines of the record are of all counts or rates together."""
    return sum(name == past_levels.ALL for name in found.rows.column("measure").to_pylist())
