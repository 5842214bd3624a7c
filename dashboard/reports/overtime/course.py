"""The year of a unit's overtime as a chart draws it: profile, spending and forecast, added up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BESIDE, Note
from dashboard.catalogue import ours
from dashboard.periods import MONTHS, day_words, next_start, planning_year_words
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.board import YEAR
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import Outlook, outlook_of
from dashboard.words import dates, numbers

NO_MONTH = "null: no month"
BEHIND = f"{NO_MONTH}, or one that is over; nothing is forecast"


class Point(TypedDict):
    """A month's end, with the pounds since the year began; a public holiday; or a changed rate."""

    day: date
    kind: str  # month, holiday or rate
    period: str
    said: str
    profile: Annotated[float | None, NO_MONTH]
    spent: Annotated[float | None, f"{NO_MONTH}, or one that is not over"]
    forecast: Annotated[float | None, BEHIND]
    low: Annotated[float | None, BEHIND]
    high: Annotated[float | None, BEHIND]


class Holiday(TypedDict):
    """A row of the query overtime_holidays."""

    day: date


def course(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """The rows of dashboard.charts.budget: one a month's end, then holidays and changed rates.

    profile, spent, forecast, low, high  money since the year began; spent to the last whole month,
                                         forecast and its band from there on
    """
    whole = outlook_of(ledger, unit)
    points = [*_points(ledger, unit, whole), *_holidays(request, ledger), *_rates(ledger)]
    return request.disclose(
        rows.table(Point, points),
        title=_title(ledger, unit, whole),
        subtitle=f"added up over {planning_year_words(ledger.year)}, as at "
        f"{day_words(request.as_at)}",
        notes=_notes(request, ledger, whole),
        query="overtime_spent",
        params=dict(ledger.read),
        unit=unit,
    )


def _title(ledger: Ledger, unit: str, whole: Outlook) -> str:
    if ledger.periods >= YEAR:
        return f"{unit} spent {numbers.money(whole.spent)} of {numbers.money(whole.budget)}"
    if whole.forecast is None:
        return f"{unit} spent {numbers.money(whole.spent)}; too early to forecast the year"
    return f"{unit} heads for {numbers.money(whole.forecast)} of {numbers.money(whole.budget)}"


def _notes(request: Request, ledger: Ledger, whole: Outlook) -> tuple[str, ...]:
    said: list[str] = list(words.illustrative(request))
    if whole.forecast is None:
        said.append("a forecast before period 3 is not worth believing")
    elif ledger.periods < YEAR:
        said.append("forecast: the year goes on at its pace so far, along the profile; 80 % band")
    said.append(Note("ticks: public holidays", BESIDE))
    said.append(f"claims as known on {day_words(ledger.known_on)}; late ones are still to come")
    return tuple(said)


def _points(ledger: Ledger, unit: str, whole: Outlook) -> list[Point]:
    inside = [month for month in ledger.months if unit in (ours().directorate, month.unit)]
    starts = sorted({month.start for month in inside if month.start >= ledger.year})
    leaves = [leaf for leaf in ledger.leaves if unit in (ours().directorate, leaf.unit)]
    profile, spent = 0, 0
    points = [_month(ledger.year, f"{ledger.year.day} {MONTHS[ledger.year.month - 1]}", 0, 0)]
    for start in starts:
        profile += sum(month.profiled for month in inside if month.start == start)
        gone = start < ledger.until
        spent += sum(leaf.actual for leaf in leaves if leaf.month == start)
        end = next_start(start, "month") - timedelta(days=1)
        row = _month(end, dates.period(start, "month"), profile, spent if gone else None)
        ahead = start >= ledger.until or next_start(start, "month") == ledger.until
        if ahead and whole.forecast is not None and ledger.periods < YEAR:
            row["forecast"] = _ahead(whole, profile, whole.forecast)
            row["low"] = _ahead(whole, profile, whole.low)
            row["high"] = _ahead(whole, profile, whole.high)
        row["said"] = _said(row)
        points.append(row)
    return points


def _ahead(whole: Outlook, profile: int, end: int | None) -> float | None:
    """Pounds at a month's end: from what is spent to one of the year's ends, as profiled."""
    rest = whole.budget - whole.profiled
    part = (profile - whole.profiled) / rest if rest else 0.0
    return None if end is None else (whole.spent + (end - whole.spent) * part) / 100


def _month(day: date, period: str, profile: int, spent: int | None) -> Point:
    row = _marked(day, "month", period, "")
    row["profile"], row["spent"] = profile / 100, None if spent is None else spent / 100
    return row


def _marked(day: date, kind: str, period: str, said: str) -> Point:
    """A day without money."""
    return {
        "day": day,
        "kind": kind,
        "period": period,
        "said": said,
        "profile": None,
        "spent": None,
        "forecast": None,
        "low": None,
        "high": None,
    }


def _said(row: Point) -> str:
    """A month's end in words: 'profile £118,080, spent £141,541'."""
    told = {"profile": row["profile"], "spent": row["spent"], "forecast": row["forecast"]}
    return ", ".join(
        f"{name} {numbers.pounds(round(value))}"
        for name, value in told.items()
        if value is not None
    )


def _holidays(request: Request, ledger: Ledger) -> list[Point]:
    until = request.as_at
    known = rows.typed(Holiday, request.run("overtime_holidays", since=ledger.year, until=until))
    return [
        _marked(row["day"], "holiday", day_words(row["day"]), "holiday")
        for row in known
        if row["day"] < next_start(ledger.year, "year")
    ]


def _rates(ledger: Ledger) -> list[Point]:
    return [_marked(day, "rate", day_words(day), said) for day, said in ledger.changes]
