"""Budgets, spending and forecasts by OCU, month and heading. Illustrative throughout."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.sample import clock, plants
from dashboard.sample.files import SourceFile, save
from dashboard.sample.strength import POSTS

SINCE = date(2003, 4, 1)
# Pounds a post and month.
HEADINGS = {
    "pay": 3_150, "overtime": 52, "premises": 180, "transport": 95, "supplies": 140, "income": 45,
}  # fmt: skip


def write(folder: Path, seed: int) -> list[SourceFile]:
    """One file an edition, with the months that it is the first to tell."""
    rng = np.random.default_rng([seed, 40])
    editions: dict[date, list[dict[str, Any]]] = {}
    for month in clock.months(SINCE, clock.UNTIL):
        known = clock.edition(clock.month_after(month))
        for ocu, posts in POSTS.items():
            for heading, each in HEADINGS.items():
                row = _row(rng, ocu, month, heading, float(each * posts))
                if known:
                    editions.setdefault(known, []).append(row)
    return [
        item
        for known in sorted(editions)
        for item in save(folder, "finance", known, editions[known])
    ]


def _row(
    rng: np.random.Generator, ocu: str, month: date, heading: str, budget: float
) -> dict[str, Any]:
    level = 1.0
    plant = plants.OVERSPEND
    if heading == "overtime" and ocu == plant.ocu and month >= plant.since:
        level = 1.0 + 0.3 * plant.change
    noise = {"pay": 0.01, "overtime": 0.05, "income": 0.2}.get(heading, 0.08)
    actual = budget * level * (1 + noise * rng.standard_normal())
    return {
        "unit_code": ocu,
        "month": month,
        "heading": heading,
        "budget_gbp": round(budget, 2),
        "actual_gbp": round(max(actual, 0), 2),
        "forecast_gbp": round(budget * level, 2),
    }
