"""A unit's overtime taken apart: by cause, month and category, each adding up to the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pyarrow as pa

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
from dashboard.words.figures import FIGURE_OF

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
        (FIGURE_OF, pa.string()),
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
    spent = words.whole_pounds(sum(leaf.actual for leaf in leaves))
    profiled = words.whole_pounds(sum(leaf.budget for leaf in leaves))
    pence = list(asdict(whole).values())
    apart = words.whole_pounds(whole.total) or 0
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


def months(request: Request, found: Ledger, unit: str) -> Disclosed:
    """One row a whole month, its running difference and its causes, then their sum."""
    starts = sorted({leaf.month for leaf in leaves_of(found, unit)})
    groups = [(start.isoformat(), dates.period(start, "month")) for start in starts]
    rows = _parts(found, unit, groups, lambda leaf: leaf.month.isoformat())
    spans = [(start, next_start(start, "month")) for start in starts] + [(found.year, found.until)]
    for row, span in zip(rows, spans, strict=True):
        row[FIGURE_OF] = identity.of_overtime(request, unit, *span)
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
        notes=(
            *words.illustrative(request),
            words.ORDER,
            *([words.SHARED] * found.shared),
            *words.rounding(rows, ("spent_gbp", "profiled_gbp")),
        ),
        query="overtime_spent",
        unit=unit,
    )


def _parts(
    found: Ledger, unit: str, groups: list[tuple[str, str]], key: Callable[[Leaf], str]
) -> list[dict[str, Any]]:
    """A row a group and their sum; the causes of each row add up to its difference."""
    leaves = leaves_of(found, unit)
    rows: list[dict[str, Any]] = []
    running = 0
    for code, label in groups:
        part = [leaf for leaf in leaves if key(leaf) == code]
        running += sum(leaf.actual - leaf.budget for leaf in part)
        rows.append(_part(code, label, "part", part) | {"running_gbp": words.whole_pounds(running)})
    total = _part(unit, "sum", "total", leaves)
    return [*rows, total | {"running_gbp": total["variance_gbp"]}]


def _part(code: str, label: str, kind: str, leaves: list[Leaf]) -> dict[str, Any]:
    causes = sum((leaf.causes for leaf in leaves), Causes())
    whole, apart = asdict(causes), words.whole_pounds(causes.total)
    shown = variance.rounded(list(whole.values()), total=apart)
    row = {
        "code": code,
        "label": label,
        "kind": kind,
        "profiled_gbp": words.whole_pounds(sum(leaf.budget for leaf in leaves)),
        "spent_gbp": words.whole_pounds(sum(leaf.actual for leaf in leaves)),
        "variance_gbp": apart,
        "hours": float(sum(leaf.hours for leaf in leaves)),
        "profiled_pence": sum(leaf.budget for leaf in leaves),
        "spent_pence": sum(leaf.actual for leaf in leaves),
    }
    row |= {f"{name}_gbp": value for name, value in zip(whole, shown, strict=True)}
    return row | {f"{name}_pence": value for name, value in whole.items()}
