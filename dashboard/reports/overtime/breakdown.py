"""A unit's overtime taken apart: by cause, month and category, each adding up to the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.ledgers import Leaf, Ledger
from dashboard.reports.request import Request
from dashboard.stats import variance
from dashboard.stats.variance import Causes
from dashboard.words import dates, numbers

CAUSES = pa.schema(
    [
        *((name, pa.string()) for name in ("cause", "label", "kind", "said")),
        *((name, pa.int64()) for name in ("place", "start", "end", "value_gbp", "pence")),
    ]
)
PARTS = pa.schema(
    [
        *((name, pa.string()) for name in ("code", "label", "kind")),
        *((f"{name}_gbp", pa.int64()) for name in ("profiled", "spent", "variance")),
        ("running_gbp", pa.int64()),
        *((f"{name}_gbp", pa.int64()) for name in variance.NAMES),
        ("hours", pa.float64()),
        *((f"{name}_pence", pa.int64()) for name in ("profiled", "spent", *variance.NAMES)),
    ]
)


def leaves_of(found: Ledger, unit: str) -> list[Leaf]:
    return [leaf for leaf in found.leaves if unit in (ours().directorate, leaf.unit)]


def causes(request: Request, found: Ledger, unit: str) -> Disclosed:
    """The rows of dashboard.charts.waterfall: causes of the difference so far, then their sum.

    start, end, value_gbp  whole pounds; the causes add up to spent less profiled as shown
    pence                  the same to the penny
    """
    leaves = leaves_of(found, unit)
    whole = sum((leaf.causes for leaf in leaves), Causes())
    spent, profiled = (
        _pounds(leaf.actual for leaf in leaves),
        _pounds(item.budget for item in leaves),
    )
    apart = spent - profiled
    pence = list(asdict(whole).values())
    shown = variance.rounded(pence, total=apart)
    rows: list[dict[str, Any]] = []
    at = 0
    for name, value, exact in zip(variance.NAMES, shown, pence, strict=True):
        if not exact and name in ("rates", "other"):
            continue
        rows.append(_cause(name, words.CAUSES[name], at, at + value, exact))
        at += value
    rows.append(_cause("total", "difference", 0, apart, whole.total) | {"kind": "total"})
    for place, row in enumerate(rows):
        row["place"] = place
    title = (
        f"Why {unit} is {numbers.pounds(abs(apart))} {'over' if apart >= 0 else 'under'} profile"
    )
    return request.disclose(
        pa.Table.from_pylist(rows, CAUSES),
        title=title,
        subtitle=f"profile {numbers.pounds(profiled)}, spent {numbers.pounds(spent)}, "
        f"{words.span(found)}",
        notes=(words.ORDER, *([words.SHARED] * found.shared)),
        query="overtime_spent",
        unit=unit,
    )


def _cause(name: str, label: str, start: int, end: int, pence: int) -> dict[str, Any]:
    return {
        "cause": name,
        "label": label,
        "kind": "over" if end >= start else "under",
        "said": numbers.pounds(end - start, sign=True),
        "start": start,
        "end": end,
        "value_gbp": end - start,
        "pence": pence,
    }


def _pounds(pence: Any) -> int:
    return round(Fraction(sum(pence), 100))


def months(request: Request, found: Ledger, unit: str) -> Disclosed:
    """One row a whole month, its running difference and its causes, then their sum."""
    starts = sorted({leaf.month for leaf in leaves_of(found, unit)})
    groups = [(start.isoformat(), dates.period(start, "month")) for start in starts]
    rows = _parts(found, unit, groups, lambda leaf: leaf.month.isoformat())
    return _disclosed(request, found, unit, rows, "Month by month")


def categories(request: Request, found: Ledger, unit: str) -> Disclosed:
    """One row a category of claim, in the catalogue's order, then their sum."""
    known = list(request.catalogue.values.get("overtime_category", {}))
    seen = {leaf.category for leaf in leaves_of(found, unit)}
    codes = [code for code in known if code in seen] + sorted(seen - set(known))
    groups = [(code, words.category_words(request, code)) for code in codes]
    rows = _parts(found, unit, groups, lambda leaf: leaf.category)
    return _disclosed(request, found, unit, rows, "By category of claim")


def _disclosed(
    request: Request, found: Ledger, unit: str, rows: list[dict[str, Any]], what: str
) -> Disclosed:
    return request.disclose(
        pa.Table.from_pylist(rows, PARTS),
        title=f"{what}, {unit}",
        subtitle=words.subtitle(found, request),
        notes=(*words.illustrative(request), words.ORDER, *([words.SHARED] * found.shared)),
        query="overtime_spent",
        unit=unit,
    )


def _parts(
    found: Ledger, unit: str, groups: list[tuple[str, str]], key: Callable[[Leaf], str]
) -> list[dict[str, Any]]:
    """A row a group and their sum; each column adds up, and so does each row."""
    leaves = leaves_of(found, unit)
    held = [[leaf for leaf in leaves if key(leaf) == code] for code, _ in groups]
    budgets = [sum(leaf.budget for leaf in part) for part in held]
    spent = [sum(leaf.actual for leaf in part) for part in held]
    shown = list(zip(variance.rounded(budgets), variance.rounded(spent), groups, held, strict=True))
    rows: list[dict[str, Any]] = []
    running = 0
    for budget, actual, (code, label), part in shown:
        running += actual - budget
        rows.append(_part(code, label, "part", budget, actual, part) | {"running_gbp": running})
    total = _part(unit, "sum", "total", 0, 0, leaves)
    for name in ("profiled", "spent", "variance", *variance.NAMES):
        total[f"{name}_gbp"] = sum(row[f"{name}_gbp"] for row in rows)
    return [*rows, total | {"running_gbp": running}]


def _part(
    code: str, label: str, kind: str, budget: int, actual: int, leaves: list[Leaf]
) -> dict[str, Any]:
    whole = asdict(sum((leaf.causes for leaf in leaves), Causes()))
    # In its total row both are 0 here: they are added up from the rows as shown.
    apart = actual - budget if kind == "part" else None
    shown = variance.rounded(list(whole.values()), total=apart)
    row = {
        "code": code,
        "label": label,
        "kind": kind,
        "profiled_gbp": budget,
        "spent_gbp": actual,
        "variance_gbp": actual - budget,
        "hours": float(sum(leaf.hours for leaf in leaves)),
        "profiled_pence": sum(leaf.budget for leaf in leaves),
        "spent_pence": sum(leaf.actual for leaf in leaves),
    }
    row |= {f"{name}_gbp": value for name, value in zip(whole, shown, strict=True)}
    return row | {f"{name}_pence": value for name, value in whole.items()}
