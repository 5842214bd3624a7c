"""Synthetic cases of thousands of series: the weekly expectation, and the meeting's families.

Run: python -m tests.benchmarks.thousands DATA   (a data folder with a snapshot)
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np
import polars as pl
import pyarrow as pa

from dashboard import reports, snapshots
from dashboard.periods import WEEK
from dashboard.reports import Request
from dashboard.reports.alerts import rows_of_list
from dashboard.snapshots import expectations

WEEKLY, YEARS = 3_000, 6
FORTNIGHTLY, WINDOWS = 5_000, 27
SEED = 20040712


@dataclass(frozen=True)
class Timed:
    """What was done, on how much, in how many seconds."""

    work: str
    seconds: float
    cpu: float


class Clock:
    """Seconds of wall and of processor since it was made."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def timed(self, work: str) -> Timed:
        return Timed(work, time.perf_counter() - self.wall, time.process_time() - self.cpu)


def counts(rng: np.random.Generator, series: int, periods: int, low: float, high: float):
    """Negative binomial counts about means between `low` and `high`, with a season."""
    mean = np.exp(rng.uniform(np.log(low), np.log(high), (series, 1)))
    season = np.exp(0.3 * np.sin(2 * np.pi * np.arange(periods) / 52))
    return rng.poisson(rng.gamma(2 * mean * season, 0.5)).astype(float)


def sample_weeks(request: Request) -> Timed:
    """The weekly expectation of all gated series of a snapshot, from reading to rows."""
    connection = snapshots.connect(request.snapshot, request.scope)
    clock = Clock()
    rows = connection.run(expectations.query())
    found = expectations.reckoned(expectations.weekly(rows, request.catalogue), request.catalogue)
    done = clock.timed(f"weekly expectations as at {request.as_at}")
    return replace(done, work=f"{done.work}, {_of(found)}")


def many_weeks(request: Request) -> Timed:
    """The same of thousands of series with six years behind them."""
    rng = np.random.default_rng(SEED)
    matrix = counts(rng, WEEKLY, YEARS * 52, 0.3, 30.0)
    keys = pl.DataFrame(
        {
            "measure": ["kidnaps"] * WEEKLY,
            "level": ["borough"] * WEEKLY,
            "unit_code": ["MPS"] * WEEKLY,
            "borough": [f"area {place}" for place in range(WEEKLY)],
        }
    )
    first = request.as_at - timedelta(weeks=matrix.shape[1])
    series = expectations.Weekly(keys, first, matrix)
    clock = Clock()
    found = expectations.reckoned(series, request.catalogue)
    done = clock.timed(f"weekly expectations, {WEEKLY:,} series × {YEARS} years")
    return replace(done, work=f"{done.work}, {_of(found)}")


def _of(found: pl.DataFrame) -> str:
    series = found.select(expectations.KEYS).n_unique()
    return f"{series:,} through the gate, {found.height:,} weeks"


def families(request: Request) -> Timed:
    """All alert families over thousands of series: from the rows read to the tiers."""
    table = fortnights(request)
    run = Request.run

    def answered(self: Request, name: str, **params) -> pa.Table:
        return table if name == "meeting_series" else run(self, name, **params)

    with patch.object(Request, "run", answered):
        clock = Clock()
        found = rows_of_list.found.__wrapped__(request)
        done = clock.timed(f"alert families, {FORTNIGHTLY:,} series")
    return replace(done, work=f"{done.work}, {sum(found.counts.values()):,} tested")


def fortnights(request: Request) -> pa.Table:
    """Rows as meeting_series gives them, of series in made-up places."""
    rng = np.random.default_rng(SEED)
    matrix = counts(rng, FORTNIGHTLY, WINDOWS, 0.3, 30.0)
    names = [item.id for item in request.measures.values() if item.alert]
    place = np.arange(FORTNIGHTLY)
    # As in a force: one series a measure for an OCU, the others by place.
    family = np.where(place < len(names), "ocu", "borough")
    starts = [
        request.fortnight.since - (WINDOWS - 1 - step) * (2 * WEEK) for step in range(WINDOWS)
    ]
    return pl.DataFrame(
        {
            "measure": np.repeat([names[item % len(names)] for item in place], WINDOWS),
            "family": np.repeat(family, WINDOWS),
            "unit_code": ["MPS"] * FORTNIGHTLY * WINDOWS,
            "borough": np.repeat([f"area {item}" for item in place], WINDOWS),
            "period_start": starts * FORTNIGHTLY,
            "numerator": matrix.ravel(),
        }
    ).to_arrow()


def all_of(request: Request) -> list[Timed]:
    return [sample_weeks(request), many_weeks(request), families(request)]


if __name__ == "__main__":
    for item in all_of(reports.open_request(None, None, Path(sys.argv[1]))):
        print(f"{item.work}: {item.seconds:.2f} s, processor {item.cpu:.2f} s")
