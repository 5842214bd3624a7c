"""What each week should have brought: the expectation kept in the snapshot at publish.

Farrington Flexible is fitted when a snapshot is published (it takes too long for a page).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import queries, rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words import dates, numbers

QUERY = "weekly_expectations"
SHOWN = 52  # weeks, the latest
NO_EXPECTATION = "null: the week has no expectation"


class Expected(TypedDict):
    """What a week should bring of a series: a row of the query weekly_expectations."""

    week_start: date
    expected: float
    upper: float
    phi: float
    p: float
    alarm: bool
    years: int  # before, that it was reckoned from
    break_on: Annotated[date | None, "null: its past holds no break"]


class Week(TypedDict):
    """A week of a track with its expectation, where there is one."""

    period_start: date
    period: str
    value: Annotated[float | None, "null: no figure is known"]
    expected: Annotated[float | None, NO_EXPECTATION]
    upper: Annotated[float | None, NO_EXPECTATION]
    phi: Annotated[float | None, NO_EXPECTATION]
    p: Annotated[float | None, NO_EXPECTATION]
    said: str
    expected_said: str
    alarm: bool


def expectations(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.trends, a row a week; None where there are none."""
    if missing(request, track):
        return None
    params = {
        "measure": track.measure.id,
        "level": _level(request, track),
        "unit": track.unit,
        "borough": track.borough or None,
    }
    known = rows.typed(Expected, request.run("weekly_expectations", **params))
    by_week = {row["week_start"]: row for row in known}
    if not by_week:
        return None
    weeks = [_week(point, by_week.get(point.start)) for point in track.points[-SHOWN:]]
    return request.disclose(
        rows.table(Week, weeks),
        title=_title(weeks),
        subtitle=(
            f"{track.measure.name} by week beside what the same weeks of earlier years foretell"
            f" (Farrington Flexible), from {day_words(weeks[0]['period_start'])}, as at"
            f" {day_words(request.as_at)}"
        ),
        notes=_notes(list(by_week.values())),
        query=QUERY,
        params=params,
        measure=track.measure.id,
        unit=track.unit,
        borough=track.borough or None,
    )


def _notes(known: list[Expected]) -> tuple[str, ...]:
    last = known[-1]
    notes = [
        f"from {last['years']} years before; band up to the 99.5 % quantile of the forecast",
        "reckoned for the last half year, in weeks that follow five events in four",
    ]
    if last["break_on"] is not None:
        notes.append(f"its past holds a break of all series on {day_words(last['break_on'])}")
    return tuple(notes)


def missing(request: Request, track: MeasureSeries) -> str:
    """Why there is no expectation for a track, in a sentence; '' where there may be one."""
    if track.grain != "week":
        return "What a week should bring is expected by week only: choose the grain week."
    if track.measure.unit != "n" or track.measure.aggregate != "sum":
        return "What a week should bring is expected of counts only."
    if QUERY not in queries.find("reports") or not _kept(request):
        return (
            "This snapshot was published without weekly expectations: publish it again to have"
            " them."
        )
    return ""


def empty(track: MeasureSeries) -> str:
    """The words where the snapshot keeps expectations, but none for this series."""
    return (
        f"{track.measure.name} has no expectation by week here: it is reckoned for the series that"
        " the alert list tests, with three years of weeks and five events in four."
    )


def _kept(request: Request) -> bool:
    return (request.snapshot.path / "marts" / f"{QUERY}.parquet").exists()


def _level(request: Request, track: MeasureSeries) -> str:
    return "borough" if track.borough else request.catalogue.unit(track.unit).level


def _week(point: Point, known: Expected | None) -> Week:
    said, expected_said = numbers.figure(point.numerator, "n"), "no expectation"
    if known:
        expected, upper = numbers.number(known["expected"], 1), numbers.number(known["upper"])
        expected_said = f"{expected} (up to {upper})"
    return {
        "period_start": point.start,
        "period": dates.period(point.start, "week"),
        "value": point.numerator,
        "expected": known and known["expected"],
        "upper": known and known["upper"],
        "phi": known and known["phi"],
        "p": known and known["p"],
        "said": f"{said} [p]" if point.provisional else said,
        "expected_said": expected_said,
        "alarm": known is not None and bool(known["alarm"]),
    }


def _title(weeks: list[Week]) -> str:
    """The last week beside its expectation; how many of the weeks reckoned are beyond."""
    last = weeks[-1]
    head = f"{numbers.figure(last['value'], 'n')} in the week {last['period']}"
    if last["expected"] is None:
        return f"{head}, no expectation"
    reckoned = [row for row in weeks if row["expected"] is not None]
    beyond = sum(1 for row in reckoned if row["alarm"])
    among = f"{beyond} of {len(reckoned)} weeks beyond"
    expected, upper = numbers.number(last["expected"], 1), numbers.number(last["upper"])
    return f"{head}, {expected} expected (up to {upper}); {among}"
