"""Strength of each OCU by month: posts, people, vetting, development reviews, sickness.

SCD1, SCD5 and SCD8 are sized by papers of 2001 to 2007 (domain brief §1); the rest is
illustrative.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.sample import clock
from dashboard.sample.files import SourceFile, save

SINCE = date(2002, 4, 1)
# OCU: officers who may claim overtime, and all posts.
OFFICERS = {
    "SCD1": 834, "SCD2": 60, "SCD4": 240, "SCD5": 429, "SCD6": 250, "SCD7": 520,
    "SCD8": 270, "SCD10": 340, "SCD11": 190,
}  # fmt: skip
POSTS = {
    "SCD1": 1016, "SCD2": 96, "SCD4": 780, "SCD5": 582, "SCD6": 360, "SCD7": 640,
    "SCD8": 330, "SCD10": 410, "SCD11": 330,
}  # fmt: skip


def write(folder: Path, seed: int) -> list[SourceFile]:
    """One file an edition, with the months that it is the first to tell."""
    rng = np.random.default_rng([seed, 30])
    editions: dict[date, list[dict[str, Any]]] = {}
    for ocu, posts in POSTS.items():
        filled = 0.93 + 0.02 * rng.standard_normal()
        for index, month in enumerate(clock.months(SINCE, clock.UNTIL)):
            known = clock.edition(clock.month_after(month))
            if known:
                row = _row(rng, ocu, month, posts, filled + 0.0012 * index, index)
                editions.setdefault(known, []).append(row)
    return [
        item
        for known in sorted(editions)
        for item in save(folder, "strength", known, editions[known])
    ]


def _row(
    rng: np.random.Generator, ocu: str, month: date, posts: int, filled: float, index: int
) -> dict[str, Any]:
    people = int(min(posts, round(posts * (filled + 0.004 * rng.standard_normal()))))
    due = int(rng.binomial(people, 1 / 12))
    return {
        "unit_code": ocu,
        "month": month,
        "posts": posts,
        "in_post": people,
        "female": int(people * (0.24 + 0.0008 * index)),
        "minority_ethnic": int(people * (0.055 + 0.0006 * index)),
        "vetted": int(rng.binomial(people, min(0.985, 0.9 + 0.0025 * index))),
        "pdr_due": due,
        "pdr_done": int(rng.binomial(due, 0.83 + 0.003 * index)),
        "sickness_days": int(rng.poisson(people * 0.72)),
    }
