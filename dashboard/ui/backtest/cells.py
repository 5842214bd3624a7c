"""Rows of the backtest as cells of their tables. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest.score_rows import ALL
from dashboard.reports.measure.growth import WHOLE
from dashboard.ui.kit.markup import Column, small, stack, strong
from dashboard.words import numbers
from dashboard.words.names import areas_word, whole_area
from dashboard.words.phrases import sentence

Row = dict[str, Any]

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
    Column("Score", "right", wrap=False),
)
STAGES = (
    Column("Stage of the year"),
    Column("80 % held", "right", wrap=False),
    Column("Off by", "right", wrap=False),
    Column("Last year off by", "right"),
    Column("Score", "right"),
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
TRUTHS = (Column("Planted rise"), Column("Now", "right"), Column("Expected", "right"), "Alerted as")


def _families() -> dict[str, str]:
    return {
        "borough": sentence(areas_word()),
        "ocu": "OCUs",
        "directorate": f"Directorate, {whole_area()}",
    }


def fortnights(rows: Iterable[Row]) -> list[list[Any]]:
    """Coverage of fortnights by crime type."""
    return [
        [
            _name(row),
            words.interval(row, "80"),
            small(parts(row, "80")),
            numbers.share(row["promised_80"]),
            words.interval(row, "95"),
            small(parts(row, "95")),
            words.factor(row),
        ]
        for row in rows
    ]


def years(rows: Iterable[Row]) -> list[list[Any]]:
    """Year ends by crime type; all boroughs in one line, below."""
    return [
        [
            _name(row),
            stack(numbers.number(row["n"]), small(_years(row))),
            held(row, "80"),
            held(row, "95"),
            _factor(row),
            numbers.share(row["then_80"]),
            _beside([words.error(row, kind) for kind in ("", "_run_rate", "_last_year")]),
            _beside(
                [words.number(row[f"brier{kind}"]) for kind in ("", "_run_rate", "_last_year")],
                f"widened {words.number(row['brier_widened'])}",
            ),
        ]
        for row in shown(rows)
    ]


def _beside(said: list[str], widened: str = "") -> Any:
    """The forecast's own, and below it those of the two simple calls."""
    own, run_rate, last = said
    return stack(own, small(widened), small(f"run rate {run_rate}"), small(f"last year {last}"))


def shown(rows: Iterable[Row]) -> list[Row]:
    """The rows of years that the screen shows: each whole, and all boroughs together."""
    return [row for row in rows if row["place"] == WHOLE or row["measure"] == ALL]


def stages(rows: Iterable[Row]) -> list[list[Any]]:
    """Year ends by how much of the year had come."""
    return [
        [
            row["stage"].removeprefix("the ").capitalize(),
            held(row, "80"),
            numbers.share(row["off"]),
            numbers.share(row["off_last_year"]),
            *(words.number(row[f"brier{kind}"]) for kind in ("", "_run_rate", "_last_year")),
        ]
        for row in rows
    ]


def alerts(rows: Iterable[Row]) -> list[list[Any]]:
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
        for row in rows
    ]


def power(rows: Iterable[Row]) -> list[list[Any]]:
    """Rises put in, by what was expected."""
    return [
        [
            row["expected"],
            numbers.number(row["planted"]),
            numbers.number(row["found"]),
            stack(numbers.share(row["share"]), small(_interval(row["low"], row["high"]))),
        ]
        for row in rows
    ]


def truths(rows: Iterable[Row]) -> list[list[Any]]:
    """The sample's planted rises and what became of them."""
    return [
        [
            f"{row['name']}, {row['borough_name']}",
            numbers.number(row["now"]),
            numbers.number(row["expected"], 1),
            row["alerted"] or "not found",
        ]
        for row in rows
    ]


def held(row: Row, mark: str) -> Any:
    """A share with its interval and its parts."""
    return stack(words.interval(row, mark), small(parts(row, mark)))


def parts(row: Row, mark: str) -> str:
    """'94 of 132': how many a band held of how many forecasts."""
    return f"{row[f'held_{mark}']:,} of {row['n']:,}"


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.0f}–{100 * high:.0f}"


def line(row: Row) -> str:
    """What a row is called: its crime type, or which of all crime types together it is."""
    if row["measure"] != ALL:
        return row["name"]
    if row.get("level"):
        return f"… {words.level(row['level'])}"
    place = "" if row.get("place", WHOLE) == WHOLE else f" {words.place(row['place'])}"
    return f"{row['name']}{place}"


def bands(rows: Iterable[Row]) -> list[str]:
    """'Homicide: 156 and 168 of 168': what the two bands held of each crime type's forecasts."""
    return [
        f"{line(row)}: {row['held_80']:,} and {row['held_95']:,} of {row['n']:,}" for row in rows
    ]


def _name(row: Row) -> Any:
    of_all = row["measure"] == ALL and not row.get("level")
    return strong(line(row)) if of_all else line(row)


def _years(row: Row) -> str:
    return f"{row['years']} year{'' if row['years'] == 1 else 's'}"


def _factor(row: Row) -> Any:
    return (
        words.factor(row) if row["own"] else stack(words.factor(row), small("all types together"))
    )
