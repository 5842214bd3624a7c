"""The last whole week beside what the same weeks of earlier years foretell.

Between two taskings: the expectation is the snapshot's own, reckoned at publish by Farrington
Flexible. It raises no alert; with so many series some lie above it by chance, and it says how many.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.trends.weekly import QUERY, Expected
from dashboard.stats.farrington import Options
from dashboard.words import dates, numbers

WIDE = ("force", "directorate", "ocu")  # levels of a whole count, the widest first
BEYOND = Options().alpha  # chance of a week above its limit where nothing happened
NOTHING = "No week has an expectation: it takes three years of weeks, known to the last one"


class Known(Expected):
    """The same with what the series is of, and what came."""

    measure: str
    level: str
    unit_code: str
    borough: Annotated[str | None, "null: all areas"]
    count: int


class Counted(TypedDict):
    """A series in the last whole week."""

    measure: str
    name: str
    unit_code: str
    borough: Annotated[str | None, "null: all areas"]
    borough_name: Annotated[str | None, "null: all areas"]
    week: str
    count: int
    week_before: Annotated[int | None, "null: nothing that is loaded tells it"]
    expected: float
    upper: float
    p: float
    above: bool
    sentence: str


@kept(32)
def last_week(request: Request) -> Disclosed:
    """Each measure as a whole, and every series above its limit; those above first, by evidence."""
    asked = {"measure": None, "level": None, "unit": None, "borough": None}
    known = rows.typed(Known, request.run("weekly_expectations", **asked))
    start = max((row["week_start"] for row in known), default=None)
    now = [row for row in known if row["week_start"] == start]
    before: dict[tuple[str, ...], int | None] = {
        _key(row): row["count"] for row in known if start and _is_before(row, start)
    }
    widest = {
        name: min((row["level"] for row in now if row["measure"] == name), key=_width)
        for name in {row["measure"] for row in now}
    }
    above = sorted((row for row in now if row["alarm"]), key=lambda row: row["p"])
    order = list(request.measures)
    usual = sorted(
        (row for row in now if not row["alarm"] and row["level"] == widest[row["measure"]]),
        key=lambda row: order.index(row["measure"]),
    )
    shown = [*above, *usual]
    before |= {_key(row): _counted_before(request, row) for row in shown if _key(row) not in before}
    counted = [_row(request, row, before[_key(row)]) for row in shown]
    return request.disclose(
        rows.table(Counted, counted),
        title=_title(now, start),
        subtitle=f"from three to five earlier years (Farrington Flexible), as at "
        f"{day_words(request.as_at)}; measures as a whole, and what lies above its limit",
        notes=("Measures overlap: their counts are never added.",) if len(counted) > 1 else (),
        query=QUERY,
        params=asked,
    )


def _title(now: list[Known], start: date | None) -> str:
    """How many of the series lie above their limit, and how many would by chance."""
    if start is None:
        return NOTHING
    above = sum(row["alarm"] for row in now)
    said = f"{above or 'None'} of {len(now)} series {'was' if above < 2 else 'were'} above"
    chance = BEYOND * len(now)
    return (
        f"{said} what earlier years let expect in the week {dates.period(start, 'week')}; "
        f"up to {chance:.1f} would be by chance"
    )


class Before(TypedDict):
    """A week as the query measure_series has it."""

    unit_code: str
    borough: Annotated[str | None, "null: all areas"]
    numerator: Annotated[float | None, "null: not known"]


def _key(row: Known) -> tuple[str, ...]:
    return row["measure"], row["level"], row["unit_code"], row["borough"] or ""


def _is_before(row: Known, start: date) -> bool:
    return row["week_start"] == start - timedelta(weeks=1)


def _counted_before(request: Request, row: Known) -> int | None:
    """The count of the week before where that has no expectation; None where it is not known."""
    week_before = rows.typed(Before, request.run(
        "measure_series", measure=row["measure"], level=row["level"],
        unit=None if row["borough"] else row["unit_code"], borough=row["borough"], grain="week",
        since=str(row["week_start"] - timedelta(weeks=1)), until=str(row["week_start"]),
    ))  # fmt: skip
    told = [
        one["numerator"]
        for one in week_before
        if one["numerator"] is not None
        and (one["unit_code"], one["borough"]) == (row["unit_code"], row["borough"])
    ]
    return int(sum(told)) if told else None


def _width(level: str) -> int:
    """Places a level among those of whole counts; a borough's comes after all of them."""
    return WIDE.index(level) if level in WIDE else len(WIDE)


def _row(request: Request, row: Known, before: int | None) -> Counted:
    area = request.catalogue.areas[row["borough"]].name if row["borough"] else ""
    counted: Counted = {
        "sentence": "",
        "measure": row["measure"],
        "name": request.measures[row["measure"]].name,
        "unit_code": row["unit_code"],
        "borough": row["borough"],
        "borough_name": area or None,
        "week": dates.period(row["week_start"], "week"),
        "count": row["count"],
        "week_before": before,
        "expected": row["expected"],
        "upper": row["upper"],
        "p": row["p"],
        "above": row["alarm"],
    }
    return {**counted, "sentence": _sentence(counted)}


def _sentence(row: Counted) -> str:
    where = f"{row['name']}, {row['unit_code']}"
    if row["borough_name"]:
        where += f" in {row['borough_name']}"
    return (
        f"{where}: {row['count']:,} in the week {row['week']}, "
        f"{numbers.number(row['expected'], 1)} expected "
        f"(up to {numbers.number(row['upper'])})."
    )
