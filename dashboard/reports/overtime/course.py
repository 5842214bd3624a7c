"""The year of a unit's overtime as a chart draws it: profile, spending and forecast, added up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import BESIDE, Note
from dashboard.catalogue import ours
from dashboard.periods import MONTHS, day_words, next_start, planning_year_words
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.board import YEAR
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import Outlook, of_unit
from dashboard.words import dates, numbers

# kind: 'month' for the year's points, 'holiday' for a public holiday, 'rate' for a changed rate
COURSE = pa.schema(
    [
        ("day", pa.date32()),
        *((name, pa.string()) for name in ("kind", "period", "said")),
        *((name, pa.float64()) for name in ("profile", "spent", "forecast", "low", "high")),
    ]
)


def course(request: Request, found: Ledger, unit: str) -> Disclosed:
    """The rows of dashboard.charts.budget: one a month's end, then holidays and changed rates.

    profile, spent, forecast, low, high  money since the year began; spent to the last whole month,
                                         forecast and its band from there on
    """
    whole = of_unit(found, unit)
    rows = [*_points(found, unit, whole), *_holidays(request, found), *_rates(found)]
    return request.disclose(
        pa.Table.from_pylist(rows, COURSE),
        title=_title(found, unit, whole),
        subtitle=f"added up over {planning_year_words(found.year)}, as at "
        f"{day_words(request.as_at)}",
        notes=_notes(request, found, whole),
        query="overtime_spent",
        unit=unit,
    )


def _title(found: Ledger, unit: str, whole: Outlook) -> str:
    if found.periods >= YEAR:
        return f"{unit} spent {numbers.money(whole.spent)} of {numbers.money(whole.budget)}"
    if whole.forecast is None:
        return f"{unit} spent {numbers.money(whole.spent)}; too early to forecast the year"
    return f"{unit} heads for {numbers.money(whole.forecast)} of {numbers.money(whole.budget)}"


def _notes(request: Request, found: Ledger, whole: Outlook) -> tuple[str, ...]:
    said: list[str] = list(words.illustrative(request))
    if whole.forecast is None:
        said.append("a forecast before period 3 is not worth believing")
    elif found.periods < YEAR:
        said.append("forecast: the year goes on at its pace so far, along the profile; 80 % band")
    said.append(Note("ticks: public holidays", BESIDE))
    said.append(f"claims as known on {day_words(found.known_on)}; late ones are still to come")
    return tuple(said)


def _points(found: Ledger, unit: str, whole: Outlook) -> list[dict[str, Any]]:
    inside = [month for month in found.months if unit in (ours().directorate, month.unit)]
    starts = sorted({month.start for month in inside if month.start >= found.year})
    leaves = [leaf for leaf in found.leaves if unit in (ours().directorate, leaf.unit)]
    profile, spent = 0, 0
    rows = [_point(found.year, f"{found.year.day} {MONTHS[found.year.month - 1]}", 0, 0)]
    for start in starts:
        profile += sum(month.profiled for month in inside if month.start == start)
        gone = start < found.until
        spent += sum(leaf.actual for leaf in leaves if leaf.month == start)
        end = next_start(start, "month") - timedelta(days=1)
        row = _point(end, dates.period(start, "month"), profile, spent if gone else None)
        ahead = start >= found.until or next_start(start, "month") == found.until
        if ahead and whole.forecast is not None and found.periods < YEAR:
            row |= _ahead(whole, profile)
        row["said"] = _said(row)
        rows.append(row)
    return rows


def _ahead(whole: Outlook, profile: int) -> dict[str, float]:
    """Forecast and band at a month's end: from what is spent to the year's end, as profiled."""
    rest = whole.budget - whole.profiled
    part = (profile - whole.profiled) / rest if rest else 0.0
    ends = {"forecast": whole.forecast, "low": whole.low, "high": whole.high}
    return {
        name: (whole.spent + (value - whole.spent) * part) / 100
        for name, value in ends.items()
        if value is not None
    }


def _point(day: date, period: str, profile: int, spent: int | None) -> dict[str, Any]:
    return {
        "day": day,
        "kind": "month",
        "period": period,
        "said": "",
        "profile": profile / 100,
        "spent": None if spent is None else spent / 100,
    }


def _said(row: dict[str, Any]) -> str:
    """A month's end in words: 'profile £118,080, spent £141,541'."""
    names = [name for name in ("profile", "spent", "forecast") if row.get(name) is not None]
    return ", ".join(f"{name} {numbers.pounds(round(row[name]))}" for name in names)


def _holidays(request: Request, found: Ledger) -> list[dict[str, Any]]:
    params = {"since": found.year, "until": request.as_at}
    rows = request.run("overtime_holidays", **params).to_pylist()
    return [
        {"day": row["day"], "kind": "holiday", "period": day_words(row["day"]), "said": "holiday"}
        for row in rows
        if row["day"] < next_start(found.year, "year")
    ]


def _rates(found: Ledger) -> list[dict[str, Any]]:
    return [
        {"day": day, "kind": "rate", "period": day_words(day), "said": said}
        for day, said in found.changes
    ]
