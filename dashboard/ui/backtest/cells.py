"""Rows of the backtest as cells of their tables. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest.alert_rows import Alerted, Power, Rise
from dashboard.reports.backtest.score_rows import ALL
from dashboard.reports.backtest.scored import (
    Held,
    Staged,
    Windowed,
    YearEnd,
    briers,
    held_80,
    held_95,
)
from dashboard.reports.measure.growth import WHOLE
from dashboard.ui.kit.markup import Column, small, stack, strong
from dashboard.words import numbers
from dashboard.words.names import areas_word, whole_area
from dashboard.words.phrases import sentence

FORTNIGHTS = (
    Column("Crime type"),
    Column("80 % band held", "right", wrap=False),
    Column("", "right", wrap=False, words="held of all"),
    Column("promised", "right"),
    Column("95 % band held", "right", wrap=False),
    Column("", "right", wrap=False, words="held of all"),
    Column("Widened", "right", wrap=False),
)
YEARS = (
    Column("Crime type"),
    Column("Forecasts", "right", wrap=False),
    Column("80 % held", "right", wrap=False),
    Column("95 % held", "right", wrap=False),
    Column("Widened", "right"),
    Column("With the factor then", "right"),
    Column("Off by", "right", wrap=False),
    Column("Chance off by", "right"),
)
STAGES = (
    Column("Stage of the year"),
    Column("80 % held", "right", wrap=False),
    Column("Off by", "right", wrap=False),
    Column("Last year off by", "right"),
    Column("Chance off by", "right"),
    Column("Run rate", "right"),
    Column("Last year", "right"),
)
ALERTS = (
    Column("Level"),
    Column("Meetings", "right"),
    Column("With an alert", "right"),
    Column("Alerts", "right"),
    Column("Judged by now", "right"),
    Column("Of them true", "right"),
    Column("Watched", "right"),
    Column("by chance", "right"),
)
POWER = (
    Column("Expected"),
    Column("Put in", "right"),
    Column("Found", "right"),
    Column("Share", "right", wrap=False),
)
TRUTHS = (
    Column("Planted rise"),
    Column("Now", "right"),
    Column("The sample's own rate", "right"),
    "Alerted as",
)


def _families() -> dict[str, str]:
    return {
        "borough": sentence(areas_word()),
        "ocu": "OCUs",
        "directorate": f"Directorate, {whole_area()}",
    }


def fortnights(windows: Iterable[Windowed]) -> list[list[Any]]:
    """Coverage of fortnights by crime type."""
    return [
        [
            _windowed(row),
            words.interval(held_80(row)),
            small(parts(held_80(row))),
            numbers.share(row["promised_80"]),
            words.interval(held_95(row)),
            small(parts(held_95(row))),
            words.factor(row),
        ]
        for row in windows
    ]


def years(ends: Iterable[YearEnd]) -> list[list[Any]]:
    """Year ends by crime type; all boroughs in one line, below."""
    return [
        [
            _name(row),
            stack(numbers.number(row["n"]), small(_years(row))),
            held(held_80(row)),
            held(held_95(row)),
            _factor(row),
            numbers.share(row["then_80"]),
            _beside(words.errors(row)),
            _beside(
                [*map(words.number, briers(row))],
                f"widened {words.number(row['brier_widened'])}",
            ),
        ]
        for row in shown(ends)
    ]


def _beside(said: list[str], widened: str = "") -> Any:
    """The forecast's own, and below it those of the two simple calls."""
    own, run_rate, last = said
    return stack(own, small(widened), small(f"run rate {run_rate}"), small(f"last year {last}"))


def shown(ends: Iterable[YearEnd]) -> list[YearEnd]:
    """The rows of years that the screen shows: each whole, and all boroughs together."""
    return [row for row in ends if row["place"] == WHOLE or row["measure"] == ALL]


def stages(staged: Iterable[Staged]) -> list[list[Any]]:
    """Year ends by how much of the year had come."""
    return [
        [
            row["stage"].removeprefix("the ").capitalize(),
            held(held_80(row)),
            numbers.share(row["off"]),
            numbers.share(row["off_last_year"]),
            *map(words.number, briers(row)),
        ]
        for row in staged
    ]


def alerts(by_family: Iterable[Alerted]) -> list[list[Any]]:
    """Alerts of past meetings by family."""
    return [
        [
            _families()[row["family"]],
            numbers.number(row["meetings"]),
            numbers.number(row["with_alert"]),
            stack(
                numbers.number(row["alerts"]),
                small(f"{numbers.number(row['per_meeting'], 2)} a meeting"),
            ),
            numbers.number(row["judged"]),
            numbers.number(row["true"]),
            numbers.number(row["watched"]),
            numbers.number(row["watched_expected"], 1),
        ]
        for row in by_family
    ]


def power(by_size: Iterable[Power]) -> list[list[Any]]:
    """Rises put in, by what was expected."""
    return [
        [
            row["expected"],
            numbers.number(row["planted"]),
            numbers.number(row["found"]),
            stack(numbers.share(row["share"]), small(_interval(row["low"], row["high"]))),
        ]
        for row in by_size
    ]


def truths(rises: Iterable[Rise]) -> list[list[Any]]:
    """The sample's planted rises and what became of them."""
    return [
        [
            f"{row['name']}, {row['borough_name']}",
            numbers.number(row["now"]),
            numbers.number(row["expected"], 1),
            row["alerted"] or "not found",
        ]
        for row in rises
    ]


def held(band: Held) -> Any:
    """A share with its interval and its parts."""
    return stack(words.interval(band), small(parts(band)))


def parts(band: Held) -> str:
    """'94 of 132': how many a band held of how many forecasts."""
    return f"{band.held:,} of {band.n:,}"


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.0f}–{100 * high:.0f}"


def line(row: Windowed) -> str:
    """What a row is called: its crime type, or which of all crime types together it is."""
    if row["measure"] == ALL and row["level"]:
        return f"… {words.level(row['level'])}"
    return row["name"]


def bands(windows: Iterable[Windowed]) -> list[str]:
    """'Homicide: 156 and 168 of 168': what the two bands held of each crime type's forecasts."""
    return [
        f"{line(row)}: {row['held_80']:,} and {row['held_95']:,} of {row['n']:,}" for row in windows
    ]


def _windowed(row: Windowed) -> Any:
    of_all = row["measure"] == ALL and not row["level"]
    return strong(line(row)) if of_all else line(row)


def _name(row: YearEnd) -> Any:
    if row["measure"] != ALL:
        return row["name"]
    return strong(row["name"] + ("" if row["place"] == WHOLE else f" {words.place(row['place'])}"))


def _years(row: YearEnd) -> str:
    return f"{row['years']} year{'' if row['years'] == 1 else 's'}"


def _factor(row: YearEnd) -> Any:
    return (
        words.factor(row) if row["own"] else stack(words.factor(row), small("all types together"))
    )
