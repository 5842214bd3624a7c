"""Levels for targets, their chances and their record as cells of tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.access import Disclosed
from dashboard.charts.strategy import figure
from dashboard.reports.strategy import past_levels
from dashboard.reports.strategy.levels import Level
from dashboard.reports.strategy.past_levels import Record
from dashboard.reports.strategy.workshop import Line
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import Column, Html, link, small, stack, strong
from dashboard.words import numbers

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


def wholes(past_record: Disclosed) -> int:
    """How many lines of the record are of all counts or rates together."""
    return sum(name == past_levels.ALL for name in past_record.rows.column("measure").to_pylist())
