"""Overtime in words: money, causes and spans as the page, charts and papers say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dashboard.catalogue import ours
from dashboard.periods import day_words, month_start, planning_year_words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import WHOLE, Ledger
from dashboard.reports.spending.outlook import FIRST_PERIOD, Outlook
from dashboard.stats import variance
from dashboard.stats.variance import NAMES, Causes
from dashboard.stats.year_end import chance_words
from dashboard.words import dates, names, numbers


def illustrative(request: Request) -> list[str]:
    """What is said of the sample's budgets; nothing of a directorate's own."""
    said = f"budgets are illustrative: no paper with {ours().directorate}'s was found"
    return [said] if request.sample else []


CAUSES = {
    "people": "people",
    "hours": "hours each",
    "rates": "changed rates",
    "cost": "cost an hour",
    "other": "not budgeted",
}
ORDER = (
    "causes in this order: people in post, then hours each at the budgeted cost, then rates"
    " changed in the year, then the rest of the cost an hour; in another order each part would"
    " be somewhat different, their sum the same"
)
SHARED = (
    "a budget is set by unit and month; between branches and categories it is shared out by the"
    " year before"
)
ROUNDED = "each figure is rounded to the pound by itself: a sum may differ by a pound or two"


def span(ledger: Ledger) -> str:
    """The whole months of the year that are known: 'April to June 2032'."""
    last = month_start(ledger.until - timedelta(days=1))
    return dates.span(ledger.year, last, "month")


def period(ledger: Ledger) -> str:
    """'2032/33, period 3'."""
    return f"{planning_year_words(ledger.year)}, period {ledger.periods}"


def too_early(ledger: Ledger) -> bool:
    return ledger.periods < FIRST_PERIOD


def subtitle(ledger: Ledger, request: Request) -> str:
    return f"{span(ledger)}, as at {day_words(request.as_at)}"


def unit_words(request: Request, code: str) -> str:
    """'OCU7(5) Flying Squad'; what names no branch is 'not assigned to a branch'."""
    return "not assigned to a branch" if code == WHOLE else names.unit(request.catalogue, code)


def whole_pounds(pence: float | None) -> int | None:
    """Pence in whole pounds. Each figure is rounded once, by itself, so that it is the same
    wherever it stands: a sum of rounded figures may differ from the rounded sum by a pound."""
    return None if pence is None else round(pence / 100)


def pounds(pence: float) -> int:
    """The same of pence that are there."""
    return round(pence / 100)


def rounding(*columns: Sequence[int | None]) -> tuple[str, ...]:
    """A note where columns of whole pounds don't add up to their last value, to the pound."""
    known = [[value for value in column if value is not None] for column in columns]
    whole = [own for own, column in zip(known, columns, strict=True) if len(own) == len(column)]
    return (ROUNDED,) if any(sum(parts) != last for *parts, last in whole) else ()


def category_words(request: Request, code: str) -> str:
    if code == WHOLE:
        return "all categories"
    return request.catalogue.values.get("overtime_category", {}).get(code, code)


def largest(causes: Causes) -> str:
    """The cause that weighs most in the direction of the difference: 'hours each +£29,257'."""
    side = 1 if causes.total >= 0 else -1
    whole = variance.rounded([getattr(causes, name) for name in NAMES])
    name, value = max(zip(NAMES, whole, strict=True), key=lambda pair: side * pair[1])
    return f"{CAUSES[name]} {numbers.pounds(value, sign=True)}"


def chance(item: Outlook) -> str:
    """The chance of an overspend, '62 %: could go either way'; '' without one."""
    if item.over is None:
        return ""
    percent = min(99, max(1, round(100 * item.over)))
    edge = "> " if item.over > 0.99 else "< " if item.over < 0.01 else ""
    return f"{edge}{percent} %: {chance_words(item.over)}"
