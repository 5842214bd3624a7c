"""What each week should have brought: the expectation kept in the snapshot at publish.

Farrington Flexible is fitted when a snapshot is published (it takes too long for a page).
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard import queries
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words import dates, numbers

QUERY = "weekly_expectations"
SHOWN = 52  # weeks, the latest
ROWS = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        *((name, pa.float64()) for name in ("value", "expected", "upper", "phi", "p")),
        *((name, pa.string()) for name in ("said", "expected_said")),
        ("alarm", pa.bool_()),
    ]
)


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
    read = {row["week_start"]: row for row in request.run(QUERY, **params).to_pylist()}
    if not read:
        return None
    rows = [_row(point, read.get(point.start)) for point in track.points[-SHOWN:]]
    return request.disclose(
        pa.Table.from_pylist(rows, ROWS),
        title=_title(rows),
        subtitle=(
            f"{track.measure.name} by week beside what the same weeks of earlier years foretell"
            f" (Farrington Flexible), from {day_words(rows[0]['period_start'])}, as at"
            f" {day_words(request.as_at)}"
        ),
        notes=_notes(list(read.values())),
        query=QUERY,
        params=params,
        measure=track.measure.id,
        unit=track.unit,
        borough=track.borough or None,
    )


def _notes(read: list[dict[str, Any]]) -> tuple[str, ...]:
    last = read[-1]
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


def _row(point: Point, held: dict[str, Any] | None) -> dict[str, Any]:
    """A week of the track with its expectation, where there is one."""
    row: dict[str, Any] = dict.fromkeys(ROWS.names)
    said = numbers.figure(point.numerator, "n")
    row |= {
        "period_start": point.start,
        "period": dates.period(point.start, "week"),
        "value": point.numerator,
        "said": f"{said} [p]" if point.provisional else said,
        "expected_said": "no expectation",
        "alarm": False,
    }
    if held is None:
        return row
    return row | {
        **{name: held[name] for name in ("expected", "upper", "phi", "p")},
        "expected_said": f"{numbers.number(held['expected'], 1)} "
        f"(up to {numbers.number(held['upper'])})",
        "alarm": bool(held["alarm"]),
    }


def _title(rows: list[dict[str, Any]]) -> str:
    """The last week beside its expectation; how many of the weeks reckoned are beyond."""
    last = rows[-1]
    head = f"{numbers.figure(last['value'], 'n')} in the week {last['period']}"
    if last["expected"] is None:
        return f"{head}, no expectation"
    reckoned = [row for row in rows if row["expected"] is not None]
    beyond = sum(1 for row in reckoned if row["alarm"])
    weeks = f"{beyond} of {len(reckoned)} weeks beyond"
    expected, upper = numbers.number(last["expected"], 1), numbers.number(last["upper"])
    return f"{head}, {expected} expected (up to {upper}); {weeks}"
