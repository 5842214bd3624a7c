"""The last whole week beside what the same weeks of earlier years foretell.

Between two taskings: the expectation is the snapshot's own, reckoned at publish by Farrington
Flexible. It raises no alert; with so many series some lie above it by chance, and it says how many.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.trends.weekly import QUERY
from dashboard.stats.farrington import Options
from dashboard.words import dates, numbers

WIDE = ("force", "directorate", "ocu")  # levels of a whole count, the widest first
BEYOND = Options().alpha  # chance of a week above its limit where nothing happened
NOTHING = "No week has an expectation: it takes three years of weeks, known to the last one"
ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "unit_code")),
        *((name, pa.string()) for name in ("borough", "borough_name", "week")),
        ("count", pa.int64()),
        ("week_before", pa.int64()),
        *((name, pa.float64()) for name in ("expected", "upper", "p")),
        ("above", pa.bool_()),
        ("sentence", pa.string()),
    ]
)


@kept(32)
def last_week(request: Request) -> Disclosed:
    """Each measure as a whole, and every series above its limit; those above first, by evidence.

    week_before  its count; null where that week follows too few events to tell
    """
    read = request.run(QUERY, measure=None, level=None, unit=None, borough=None).to_pylist()
    start = max((row["week_start"] for row in read), default=None)
    now = [row for row in read if row["week_start"] == start]
    before = {_key(row): row["count"] for row in read if start and _is_before(row, start)}
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
    rows = [_row(request, row, before.get(_key(row))) for row in (*above, *usual)]
    return request.disclose(
        pa.Table.from_pylist(rows, ROWS),
        title=_title(now, start),
        subtitle=f"from three to five earlier years (Farrington Flexible), as at "
        f"{day_words(request.as_at)}; measures as a whole, and what lies above its limit",
        notes=("Measures overlap: their counts are never added.",) if len(rows) > 1 else (),
        query=QUERY,
        params={"measure": None, "level": None, "unit": None, "borough": None},
    )


def _title(now: list[dict[str, Any]], start: date | None) -> str:
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


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return row["measure"], row["level"], row["unit_code"], row["borough"] or ""


def _is_before(row: dict[str, Any], start: date) -> bool:
    return row["week_start"] == start - timedelta(weeks=1)


def _width(level: str) -> int:
    """Places a level among those of whole counts; a borough's comes after all of them."""
    return WIDE.index(level) if level in WIDE else len(WIDE)


def _row(request: Request, row: dict[str, Any], before: int | None) -> dict[str, Any]:
    area = request.catalogue.areas[row["borough"]].name if row["borough"] else ""
    found = {
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
    return found | {"sentence": _sentence(found)}


def _sentence(row: dict[str, Any]) -> str:
    where = f"{row['name']}, {row['unit_code']}"
    if row["borough_name"]:
        where += f" in {row['borough_name']}"
    return (
        f"{where}: {row['count']:,} in the week {row['week']}, "
        f"{numbers.number(row['expected'], 1)} expected "
        f"(up to {numbers.number(row['upper'])})."
    )
