"""A unit's overtime taken apart: by cause, month and category, each adding up to the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import next_start
from dashboard.reports.measure import identity
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Leaf, Ledger
from dashboard.stats import variance
from dashboard.stats.variance import Causes
from dashboard.words import dates, numbers

BRIEF = (
    *("label", "profiled_gbp", "spent_gbp", "variance_gbp", "people_gbp", "hours_gbp"),
    *("rates_gbp", "cost_gbp", "other_gbp", "hours"),
)  # where there is little room


class Cause(TypedDict):
    """A cause of the difference so far, or its sum: where it starts and ends in whole pounds."""

    cause: str
    label: str
    kind: str  # over, under or total
    said: str
    place: int
    start: int
    end: int
    value_gbp: int
    pence: int


class Part(TypedDict):
    """A month or category, or their sum; the causes add up to its variance."""

    code: str
    label: str
    kind: str  # part or total
    profiled_gbp: int
    spent_gbp: int
    variance_gbp: int
    running_gbp: int
    people_gbp: int
    hours_gbp: int
    rates_gbp: int
    cost_gbp: int
    other_gbp: int
    hours: float
    profiled_pence: int
    spent_pence: int
    people_pence: int
    hours_pence: int
    rates_pence: int
    cost_pence: int
    other_pence: int
    figure_of: Annotated[str | None, "null: a category, or no measure holds both together"]


def by_cause(row: Part) -> dict[str, int]:
    """The whole pounds of each of variance.NAMES, in their order."""
    return {
        "people": row["people_gbp"],
        "hours": row["hours_gbp"],
        "rates": row["rates_gbp"],
        "cost": row["cost_gbp"],
        "other": row["other_gbp"],
    }


def leaves_of(ledger: Ledger, unit: str) -> list[Leaf]:
    return [leaf for leaf in ledger.leaves if unit in (ours().directorate, leaf.unit)]


def causes(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """The rows of dashboard.charts.waterfall: causes of the difference so far, then their sum.

    start, end, value_gbp  whole pounds; the causes add up to spent less profiled as shown
    pence                  the same to the penny
    """
    leaves = leaves_of(ledger, unit)
    whole = sum((leaf.causes for leaf in leaves), Causes())
    spent = words.pounds(sum(leaf.actual for leaf in leaves))
    profiled = words.pounds(sum(leaf.budget for leaf in leaves))
    pence = list(asdict(whole).values())
    apart = words.pounds(whole.total)
    shown = variance.rounded(pence, total=apart)
    found_causes: list[Cause] = []
    at = 0
    for name, value, exact in zip(variance.NAMES, shown, pence, strict=True):
        if not exact and name in ("rates", "other"):
            continue
        place = len(found_causes)
        found_causes.append(_cause(name, words.CAUSES[name], place, at, at + value, exact))
        at += value
    total = _cause("total", "difference", len(found_causes), 0, apart, whole.total)
    found_causes.append({**total, "kind": "total"})
    title = (
        f"Why {unit} is {numbers.pounds(abs(apart))} {'over' if apart >= 0 else 'under'} profile"
    )
    return request.disclose(
        rows.table(Cause, found_causes),
        title=title,
        subtitle=f"profile {numbers.pounds(profiled)}, spent {numbers.pounds(spent)}, "
        f"{words.span(ledger)}",
        notes=(words.ORDER, *([words.SHARED] * ledger.shared)),
        query="overtime_spent",
        params=dict(ledger.read),
        unit=unit,
    )


def _cause(name: str, label: str, place: int, start: int, end: int, pence: int) -> Cause:
    return {
        "cause": name,
        "label": label,
        "kind": "over" if end >= start else "under",
        "said": numbers.pounds(end - start, sign=True),
        "place": place,
        "start": start,
        "end": end,
        "value_gbp": end - start,
        "pence": pence,
    }


def months(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """One row a whole month, its running difference and its causes, then their sum."""
    starts = sorted({leaf.month for leaf in leaves_of(ledger, unit)})
    groups = [(start.isoformat(), dates.period(start, "month")) for start in starts]
    parts = _parts(ledger, unit, groups, lambda leaf: leaf.month.isoformat())
    spans = [(start, next_start(start, "month")) for start in starts] + [
        (ledger.year, ledger.until)
    ]
    for row, span in zip(parts, spans, strict=True):
        row["figure_of"] = identity.of_overtime(request, unit, *span)
    return _disclosed(request, ledger, unit, parts, "Month by month")


def categories(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """One row a category of claim, in the catalogue's order, then their sum."""
    known = list(request.catalogue.values.get("overtime_category", {}))
    seen = {leaf.category for leaf in leaves_of(ledger, unit)}
    codes = [code for code in known if code in seen] + sorted(seen - set(known))
    groups = [(code, words.category_words(request, code)) for code in codes]
    parts = _parts(ledger, unit, groups, lambda leaf: leaf.category)
    return _disclosed(request, ledger, unit, parts, "By category of claim")


def _disclosed(
    request: Request, ledger: Ledger, unit: str, parts: list[Part], what: str
) -> Disclosed:
    return request.disclose(
        rows.table(Part, parts),
        title=f"{what}, {unit}",
        subtitle=words.subtitle(ledger, request),
        notes=(
            *words.illustrative(request),
            words.ORDER,
            *([words.SHARED] * ledger.shared),
            *words.rounding(
                [row["spent_gbp"] for row in parts], [row["profiled_gbp"] for row in parts]
            ),
        ),
        query="overtime_spent",
        params=dict(ledger.read),
        columns=BRIEF,
        unit=unit,
    )


def _parts(
    ledger: Ledger, unit: str, groups: list[tuple[str, str]], key: Callable[[Leaf], str]
) -> list[Part]:
    """A row a group and their sum; the causes of each row add up to its difference."""
    leaves = leaves_of(ledger, unit)
    parts: list[Part] = []
    running = 0
    for code, label in groups:
        part = [leaf for leaf in leaves if key(leaf) == code]
        running += sum(leaf.actual - leaf.budget for leaf in part)
        parts.append(_part(code, label, "part", part, running))
    whole = sum(leaf.actual - leaf.budget for leaf in leaves)
    return [*parts, _part(unit, "sum", "total", leaves, whole)]


def _part(code: str, label: str, kind: str, leaves: list[Leaf], running: int) -> Part:
    """running  pence over the profile up to here"""
    causes = sum((leaf.causes for leaf in leaves), Causes())
    apart = words.pounds(causes.total)
    people, hours, rates, cost, other = variance.rounded(list(asdict(causes).values()), total=apart)
    budget, actual = sum(leaf.budget for leaf in leaves), sum(leaf.actual for leaf in leaves)
    return {
        "code": code,
        "label": label,
        "kind": kind,
        "profiled_gbp": words.pounds(budget),
        "spent_gbp": words.pounds(actual),
        "variance_gbp": apart,
        "running_gbp": words.pounds(running),
        "people_gbp": people,
        "hours_gbp": hours,
        "rates_gbp": rates,
        "cost_gbp": cost,
        "other_gbp": other,
        "hours": float(sum(leaf.hours for leaf in leaves)),
        "profiled_pence": budget,
        "spent_pence": actual,
        "people_pence": causes.people,
        "hours_pence": causes.hours,
        "rates_pence": causes.rates,
        "cost_pence": causes.cost,
        "other_pence": causes.other,
        "figure_of": None,
    }
