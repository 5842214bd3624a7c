"""What is coming, capacity and the plan as cells: a bar a row, its figure, what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts import spark
from dashboard.periods import calendar
from dashboard.reports import Request
from dashboard.reports.tasking import bar_rows, forecasts, objectives
from dashboard.reports.tasking.bar_rows import Row
from dashboard.reports.tasking.pressures import Pressure
from dashboard.ui.kit import icons
from dashboard.ui.kit.bars import bar
from dashboard.ui.kit.markup import Column, Html, figure, join, picture, small, stack, strong, tag
from dashboard.ui.kit.series import to_series
from dashboard.ui.tasking.cells import decide, to_unit
from dashboard.words import numbers

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


def coming(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of rows of bar_rows.ahead: the last window against the band of the next."""
    return [
        [
            stack(
                to_series(request, row["of"], forecasts.LAST, calendar().grain),
                small(row["aside"]) if row["aside"] else None,
            ),
            bar(row, row["of"]["sentence"]),
            figure(row["figure"], row["of"], "last", forecasts.LAST),
            strong(figure(row["said"], row["of"], "expected")),
        ]
        for row in rows
    ]


def pressure(rows: Iterable[Pressure]) -> list[list[Any]]:
    """Cells of capacity, of the report's rows: overtime as a bar, posts vacant, alerts."""
    return [
        [
            join([strong(row["label"]), small(row["aside"])], " "),
            bar(row, f"{row['label']}: {row['of']['overtime_words']}"),
            tag("span", figure(row["said"], row["of"], "overtime"), class_=f"said {row['tone']}"),
            row["of"]["posts_words"],
            _alerts(row["of"]),
        ]
        for row in bar_rows.overtime(bar_rows.pressed(rows))
    ]


def _alerts(row: Pressure) -> Any:
    if row["alerts"] is None:
        return small(bar_rows.UNTESTED)
    watched = small(f" + {row['watched']} watched") if row["watched"] else ""
    return join([strong(row["alerts"]) if row["alerts"] else "0", watched], "")


def plan(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of rows of bar_rows.objectives: the year so far, its forecast and its target."""
    return [
        [
            stack(
                to_unit(request, row["of"]),
                small(_aside(row, decide(row["of"], "target"))),
                small(said) if (said := row["of"].get("explanation")) else None,
            ),
            bar(row, row["of"]["sentence"]),
            stack(strong(figure(row["figure"], row["of"])), small(parts(row["of"]))),
            tag("span", row["said"], class_=f"said {row['tone']}"),
        ]
        for row in rows
    ]


def lines(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of rows of bar_rows.lines: measures without a target, their last periods as a line."""
    return [
        [
            stack(to_unit(request, row["of"]), small(_aside(row))),
            _line(row),
            stack(strong(figure(row["figure"], row["of"])), small(parts(row["of"]))),
            stack(icons.status(row["of"]["variation"], both=False), small(latest(row["of"]))),
        ]
        for row in rows
    ]


def _aside(row: Row, *ways: Html) -> Html:
    """Unit and target, or the period; ways on."""
    return join([item for item in (row["aside"], *ways) if item], " · ")


def parts(row: Row) -> Html:
    """'190 of 211', with the interval of a small share; '' of a plain count."""
    said: list[Any] = []
    if row["denominator"] is not None:
        both = [figure(part(row, of), row, of) for of in ("numerator", "denominator")]
        said.append(join(both, " of "))
    if row["low"] is not None:
        said.append(f"({100 * row['low']:.0f}–{100 * row['high']:.0f} %)")
    return join(said)


def part(row: Row, of: str) -> str:
    """A part of a rate in what it is counted in: '£140,572', '190'."""
    return numbers.figure(row[of], row["unit_of_parts"])


def latest(row: Row) -> Html:
    """'July 2025: 45 %, 76 of 167 [p]'."""
    said = numbers.figure(row["latest"], row["unit"])
    parts_said = ""
    if row["latest_denominator"] is not None:
        parts_said = f", {part(row, 'latest_numerator')} of {part(row, 'latest_denominator')}"
    value = figure(said, row, "latest", objectives.LATEST)
    return join([f"{row['latest_words']}: ", value, f"{parts_said} {row['symbol']}".rstrip()], "")


def _line(row: Row) -> Html:
    out = row["tone"] in ("bad", "good")
    words = f"{row['label']}, the last {len(row['spark'])} periods"
    return picture(spark.svg(row["spark"], label=words, stands_out=out), words)
