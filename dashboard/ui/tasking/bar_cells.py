"""What is coming, capacity and the plan as cells: a bar a row, its figure, what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts import spark
from dashboard.periods import calendar
from dashboard.reports import Request
from dashboard.reports.tasking import bar_rows, forecasts
from dashboard.reports.tasking.bar_rows import Line, OfBar, OfLine
from dashboard.reports.tasking.board_rows import LATEST, Explained
from dashboard.reports.tasking.forecasts import Coming
from dashboard.reports.tasking.item import TARGET, Origin
from dashboard.reports.tasking.pressures import Pressure
from dashboard.ui.kit import icons
from dashboard.ui.kit.bars import bar
from dashboard.ui.kit.markup import Column, Html, figure, join, picture, small, stack, strong, tag
from dashboard.ui.kit.series import to_series
from dashboard.ui.tasking.cells import decide, to_unit
from dashboard.words import numbers, status

COMING = (
    Column("Measure"),
    Column("", words="Last and next as a bar"),
    Column("Last", "right", beside="last"),
    Column("Next", "right", wrap=False, beside="next"),
)
PRESSURE = (
    Column("OCU"),
    Column("Overtime of profile"),
    Column("", "right", wrap=False, words="Overtime of profile in figures"),
    Column("Vacant", "right", wrap=False, beside="vacant"),
    Column("Alerts", "right", beside="alerts"),
)
PLAN = (
    Column("Target"),
    Column("", words="Year so far, forecast and target as a bar"),
    Column("So far", "right", wrap=False),
    Column("Chance", "right", beside="chance"),
)
LINES = (
    Column("Measure"),
    Column("The periods before"),
    Column("So far", "right", wrap=False),
    Column("Last period"),
)


def coming(request: Request, ahead: Iterable[OfBar[Coming]]) -> list[list[Any]]:
    """Cells of bar_rows.ahead: the last window against the band of the next."""
    return [
        [
            stack(
                to_series(
                    request,
                    item.of["measure"],
                    item.of["name"],
                    item.of[forecasts.LAST],
                    calendar().grain,
                ),
                small(item.bar["aside"]) if item.bar["aside"] else None,
            ),
            bar(item.bar, item.of["sentence"]),
            figure(item.bar["figure"], item.of, "last", forecasts.LAST),
            strong(figure(item.bar["said"], item.of, "expected")),
        ]
        for item in ahead
    ]


def pressure(units: Iterable[Pressure]) -> list[list[Any]]:
    """Cells of capacity, of the report's rows: overtime as a bar, posts vacant, alerts."""
    return [
        [
            join([strong(row["label"]), small(row["aside"])], " "),
            bar(row, f"{row['label']}: {unit['overtime_words']}"),
            tag("span", figure(row["said"], unit, "overtime"), class_=f"said {row['tone']}"),
            unit["posts_words"],
            _alerts(unit),
        ]
        for row, unit in (
            (item.bar, item.of) for item in bar_rows.overtime(bar_rows.pressed(units))
        )
    ]


def _alerts(row: Pressure) -> Any:
    if row["alerts"] is None:
        return small(status.UNTESTED)
    watched = small(f" + {row['watched']} watched") if row["watched"] else ""
    return join([strong(row["alerts"]) if row["alerts"] else "0", watched], "")


def plan(request: Request, aimed: Iterable[OfBar[Explained]]) -> list[list[Any]]:
    """Cells of bar_rows.objectives: the year so far, its forecast and its target."""
    return [
        [
            stack(
                to_unit(request, item.of),
                small(_aside(item.bar["aside"], _decide(item.of))),
                small(said) if (said := item.of.get("explanation")) else None,
            ),
            bar(item.bar, item.of["sentence"]),
            stack(strong(figure(item.bar["figure"], item.of)), small(parts(item.of))),
            tag("span", item.bar["said"], class_=f"said {item.bar['tone']}"),
        ]
        for item in aimed
    ]


def _decide(row: Explained) -> Html:
    origin = Origin(TARGET, row["measure"], row["unit_code"])
    return decide(origin, row["name"], row["unit_code"])


def lines(request: Request, measures: Iterable[OfLine[Explained]]) -> list[list[Any]]:
    """Cells of bar_rows.lines: measures without a target, their last periods as a line."""
    return [
        [
            stack(to_unit(request, item.of), small(_aside(item.line["aside"]))),
            _line(item.line),
            stack(strong(figure(item.line["figure"], item.of)), small(parts(item.of))),
            stack(icons.status(item.of["variation"], both=False), small(latest(item.of))),
        ]
        for item in measures
    ]


def _aside(words: str, *ways: Html) -> Html:
    """Unit and target, or the period; ways on."""
    return join([item for item in (words, *ways) if item], " · ")


def parts(row: Explained) -> Html:
    """'190 of 211', with the interval of a small share; '' of a plain count."""
    said: list[Any] = []
    if row["denominator"] is not None:
        both = [
            figure(part(row, row["numerator"]), row, "numerator"),
            figure(part(row, row["denominator"]), row, "denominator"),
        ]
        said.append(join(both, " of "))
    if row["low"] is not None and row["high"] is not None:
        said.append(f"({100 * row['low']:.0f}–{100 * row['high']:.0f} %)")
    return join(said)


def part(row: Explained, value: float | None) -> str:
    """A part of a rate in what it is counted in: '£140,572', '190'."""
    return numbers.figure(value, row["unit_of_parts"])


def latest(row: Explained) -> Html:
    """'July 2025: 45 %, 76 of 167 [p]'."""
    said = numbers.figure(row["latest"], row["unit"])
    cases, parts_said = row["latest_denominator"], ""
    if cases is not None:
        parts_said = f", {part(row, row['latest_numerator'])} of {part(row, cases)}"
    value = figure(said, row, "latest", LATEST)
    return join([f"{row['latest_words']}: ", value, f"{parts_said} {row['symbol']}".rstrip()], "")


def _line(row: Line) -> Html:
    out = row["tone"] in ("bad", "good")
    words = f"{row['label']}, the last {len(row['spark'])} periods"
    return picture(spark.svg(row["spark"], label=words, stands_out=out), words)
