"""Counts that another office publishes from the same reports, and corporate figures.

Both are counted from the reports as they stood at the extract on whose day they came
out, so they agree with the records of that day, but for the mismatches planted here.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.sample import clock
from dashboard.sample.files import SourceFile, save
from dashboard.sample.places import CODES
from dashboard.sample.tally import SUBJECTS, Tally

Row = dict[str, Any]
# Months that each later edition states anew.
RESTATED = 3
DAILY_SINCE = date(2004, 1, 1)
# Measure and unit of each corporate figure, and the subject it counts.
CORPORATE = (
    ("homicides", "MPS", "homicide"),
    ("gun_crime", "MPS", "gun_crime"),
    ("commercial_robbery", "SCD7", "commercial_robbery"),
)
# Published wrongly on purpose: measure, month, by how much.
MISMATCHES = (
    ("commercial_robbery", date(2004, 5, 1), 11),
    ("gun_crime", date(2004, 4, 1), -17),
)


def write(folder: Path, tally: Tally) -> tuple[list[SourceFile], list[Row]]:
    """Counts and corporate figures of each edition, and the mismatches planted among them."""
    files: list[SourceFile] = []
    for edition, vintage in enumerate(clock.MONTHLY):
        months = [
            month
            for month in clock.months(clock.SINCE, clock.UNTIL)
            if clock.month_after(month) + timedelta(days=10) <= vintage
        ]
        told = months if edition == 0 else months[-RESTATED:]
        files += save(folder, "counts", vintage, _counts(tally, edition, told))
        files += save(folder, "corporate", vintage, _corporate(tally, edition, told))
    return files, _planted()


def _slot(start: date, until: date) -> slice:
    first = clock.day(clock.GRID_START)
    return slice(clock.day(start) - first, clock.day(until) - first)


def _counts(tally: Tally, edition: int, months: list[date]) -> list[Row]:
    rows = []
    for subject in ("homicide", "robbery_business", "gun_crime"):
        for month in months:
            slot = _slot(month, clock.month_after(month))
            rows += _cells(tally, edition, subject, "corporate", "month", month, slot)
    day = max(months[0], DAILY_SINCE)
    while day < clock.month_after(months[-1]):
        slot = _slot(day, day + timedelta(days=1))
        rows += _cells(tally, edition, "robbery_business", "corporate-daily", "day", day, slot)
        day += timedelta(days=1)
    return rows


def _cells(
    tally: Tally,
    edition: int,
    subject: str,
    publisher: str,
    grain: str,
    start: date,
    slot: slice,
) -> list[Row]:
    """One row a borough that has any; a daily count leaves empty cells out, a monthly does not."""
    index = SUBJECTS.index(subject)
    offences = tally.offences[edition, index, :, slot].sum(axis=1)
    outcomes = tally.outcomes[edition, index, :, slot].sum(axis=1)
    keep = (offences + outcomes > 0) if grain == "day" else np.ones(len(CODES), dtype=bool)
    return [
        {
            "date": start,
            "grain": grain,
            "borough": CODES[area],
            "offence": subject,
            "offences": int(offences[area]),
            "outcomes": int(outcomes[area]),
            "publisher": publisher,
        }
        for area in np.flatnonzero(keep)
    ]


def _corporate(tally: Tally, edition: int, months: list[date]) -> list[Row]:
    vintage = clock.MONTHLY[edition]
    rows = []
    for month in months:
        slot = _slot(month, clock.month_after(month))
        for measure, unit, subject in CORPORATE:
            index = SUBJECTS.index(subject)
            count = int(tally.offences[edition, index, :, slot].sum())
            rows.append(_figure(measure, month, unit, count + _error(measure, month), vintage))
            if measure == "gun_crime" and count:
                solved = int(tally.outcomes[edition, index, :, slot].sum())
                rate = round(100 * solved / count, 1)
                rows.append(_figure("gun_crime_detection", month, unit, rate, vintage))
    return rows


def _figure(measure: str, month: date, unit: str, value: float, vintage: date) -> Row:
    return {
        "measure": measure,
        "period_start": month,
        "grain": "month",
        "unit_code": unit,
        "borough": "none",
        "value": float(value),
        "published_on": vintage,
    }


def _error(measure: str, month: date) -> int:
    return sum(by for name, when, by in MISMATCHES if (name, when) == (measure, month))


def _planted() -> list[Row]:
    units = {measure: unit for measure, unit, _ in CORPORATE}
    return [
        {"measure": measure, "unit_code": units[measure], "period_start": month, "published_by": by}
        for measure, month, by in MISMATCHES
    ]
