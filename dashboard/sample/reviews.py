"""Reviews, their recommendations, performance visits and areas for improvement. Illustrative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.sample import clock
from dashboard.sample.files import SourceFile, save

Row = dict[str, Any]
SINCE = date(2002, 4, 1)
# Kind: reviews a year, who does them, share on time.
KINDS = {
    "murder": (56, "SCD2(2)", 0.9),
    "proactive": (12, "SCD2(2)", 0.85),
    "child_death": (10, "SCD5(3)", 0.88),
    "critical_incident": (8, "SCD2(2)", 0.85),
    "themed": (4, "SCD2(2)", 0.8),
    "other": (3, "SCD2(1)", 0.8),
}
# The performance review unit's own tasks, from the command team.
QUICK = {"quick": (40, "SCD2(1)", 0.8)}
DAYS = {"murder": 28, "quick": 21}
OTHER_DAYS = 90
TASKED_BY = ("DAC", "Commander", "OCU commander")
COMMAND_TEAM = TASKED_BY[:2]
OWNERS = ("SCD1", "SCD2", "SCD5", "SCD7", "SCD8", "SCD4", "SCD11")
OWNER_SHARES = (0.4, 0.12, 0.14, 0.12, 0.12, 0.06, 0.04)
FEEDS = ("policy", "training", "information_sharing", "investigation")


def write(folder: Path, seed: int) -> list[SourceFile]:
    """Reviews and recommendations as whole extracts, one an edition."""
    reviews: list[Row] = []
    recommendations: list[Row] = []
    for stream, (kinds, posts) in enumerate(((KINDS, TASKED_BY), (QUICK, COMMAND_TEAM))):
        rng = np.random.default_rng([seed, 60, stream] if stream else [seed, 60])
        made = _reviews(rng, kinds, posts, len(reviews))
        recommendations += [row for review in made for row in _recommendations(rng, review)]
        reviews += made
    files = []
    for vintage in clock.EDITIONS:
        files += save(folder, "reviews", vintage, _known(reviews, vintage, "done_on"))
        files += save(
            folder, "recommendations", vintage, _known(recommendations, vintage, "closed_on")
        )
    return files


def _known(rows: list[Row], vintage: date, ended: str) -> list[Row]:
    """The rows as they stood: begun by then, and ended only if that had happened."""
    return [
        {key: _by(row, key, ended, vintage) for key in row if key != "begun_on"}
        for row in rows
        if row["begun_on"] <= vintage
    ]


def _by(row: Row, key: str, ended: str, vintage: date) -> Any:
    value = row[key]
    return None if key == ended and value and value > vintage else value


def _reviews(
    rng: np.random.Generator,
    kinds: dict[str, tuple[int, str, float]],
    posts: Sequence[str],
    before: int,
) -> list[Row]:
    """Reviews of these kinds, tasked by these posts, after the number of reviews `before`."""
    rows: list[Row] = []
    span = (clock.UNTIL - SINCE).days
    for kind, (yearly, unit, on_time) in kinds.items():
        for offset in np.sort(rng.integers(0, span, rng.poisson(yearly * span / 365.25))):
            begun = SINCE + timedelta(days=int(offset))
            days = DAYS.get(kind, OTHER_DAYS)
            late = rng.random() > on_time
            done = days + int(rng.integers(3, 40)) if late else days - int(rng.integers(0, 12))
            rows.append(
                {
                    "review_ref": f"R{before + len(rows) + 1:05d}",
                    "kind": kind,
                    "unit_code": unit,
                    "due_on": begun + timedelta(days=days),
                    "done_on": begun + timedelta(days=done),
                    "tasked_by": posts[int(rng.integers(len(posts)))],
                    "begun_on": begun,
                }
            )
    return rows


def _recommendations(rng: np.random.Generator, review: Row) -> list[Row]:
    rows = []
    for number in range(1, int(rng.poisson(2.6)) + 1):
        due = review["done_on"] + timedelta(days=int(rng.integers(45, 180)))
        u = rng.random()
        # Most are closed in time, some late, a few stay open.
        days = -int(rng.integers(1, 40)) if u < 0.84 else int(rng.integers(5, 160))
        rows.append(
            {
                "recommendation_ref": f"{review['review_ref']}/{number}",
                "review_ref": review["review_ref"],
                "owner": str(rng.choice(OWNERS, p=OWNER_SHARES)),
                "feeds": FEEDS[int(rng.integers(len(FEEDS)))],
                "due_on": due,
                "closed_on": None if u > 0.985 else due + timedelta(days=days),
                "begun_on": review["done_on"],
            }
        )
    return rows
