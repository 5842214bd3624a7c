"""Synthetic cases of thousands: series of the weekly expectation and of the meeting's families,
decisions with comments.

Run: python -m tests.benchmarks.thousands DATA   (a data folder with a snapshot)
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np
import polars as pl
import pyarrow as pa
from sqlalchemy import insert

from dashboard import reports, snapshots
from dashboard.decisions import book, tables
from dashboard.periods import WEEK
from dashboard.reports import Request
from dashboard.reports.alerts import rows_of_list
from dashboard.reports.decisions import acts, board
from dashboard.reports.request import clock
from dashboard.snapshots import expectations
from dashboard.store import open_store
from dashboard.store.plain import plain_row
from dashboard.store.tables import history

WEEKLY, YEARS = 3_000, 6
FORTNIGHTLY, WINDOWS = 5_000, 27
DECISIONS, COMMENTS, SHOWN = 10_000, 50_000, 100
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
        found = rows_of_list.alert_rows.__wrapped__(request)
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


def decided(request: Request, folder: Path) -> list[Timed]:
    """Ten thousand decisions with five comments each, as the page asks for them: first, again,
    after a change, and at the meeting before, since which many were changed."""
    held = replace(request, data=folder)
    earlier = [info for info in request.listed if info.as_at < request.fortnight.until]
    before = replace(held, snapshot=earlier[-1])
    _write(held, before, folder)
    found = []
    board.board(request, most=SHOWN)  # what is imported late is no part of a list
    gc.freeze()  # as the server does once it has started
    for work, asked in (
        ("first list", held),
        ("list again", held),
        ("list after a comment", held),
        ("list of the meeting before", before),
    ):
        if work == "list after a comment":
            book.comment(folder, "Ann", clock.moment(held), "d0", "one more")
        timing = Clock()
        acts.judge_due(asked)
        rows = len(board.book_of(asked).heads)
        board.board(asked, most=SHOWN)
        found.append(timing.timed(f"{work} of {rows:,} decisions, {COMMENTS:,} comments"))
        timing = Clock()
        board.board(asked, before_only=True, live_only=True, most=SHOWN)
        found.append(timing.timed(f"{work}, of what stands"))
    return found


def _write(request: Request, before: Request, folder: Path) -> None:
    """Decisions and comments as the store keeps them, with their history, in one go: all of the
    meeting before, every other decision changed at the request's own."""
    early, at = (clock.begin(item) + timedelta(hours=10) for item in (before, request))
    own = {"version": 1, "changed_by": "Ann (typed, not signed in)", "changed_at": early}
    first = request.meeting - 60 * timedelta(days=14)
    made = [
        dict.fromkeys(table.name for table in tables.decisions.columns)
        | {
            "id": f"d{number}",
            "meeting": first + (number % 60) * timedelta(days=14),
            "raised_from": "hand",
            "what": f"Patrols of area {number}, at closing time",
            "tactic": "hot_spots",
            "owner_unit": request.catalogue.directorate.directorate,
            "owner_post": "Detective Superintendent",
            "due": first + (number % 60 + 1) * timedelta(days=14),
            "moves": [],
            "state": "open",
            "as_at": request.as_at,
            "snapshot_id": request.snapshot.id,
        }
        | own
        for number in range(DECISIONS)
    ]
    said = [
        {"id": f"c{number}", "decision_id": f"d{number % DECISIONS}", "words": "Two arrests"} | own
        for number in range(COMMENTS)
    ]
    done = {"state": "done", "done_on": request.as_at, "version": 2, "changed_at": at}
    now = [row | done if number % 2 else row for number, row in enumerate(made)]
    with open_store(folder).writing("Ann", at) as writing:
        for table, rows, lines in (
            (tables.decisions, now, [*made, *now[1::2]]),
            (tables.comments, said, said),
        ):
            writing.connection.execute(insert(table), rows)
            told = [_line(table.name, row) for row in lines]
            writing.connection.execute(insert(history), told)


def _line(table: str, row: dict) -> dict:
    moment = row["changed_at"]
    return {
        **{"table_name": table, "row_id": row["id"], "version": row["version"]},
        **{"by": row["changed_by"], "at": moment, "written_at": moment},
        **{"before": None, "after": plain_row(row)},
    }


def all_of(request: Request) -> list[Timed]:
    series = [sample_weeks(request), many_weeks(request), families(request)]
    with tempfile.TemporaryDirectory() as folder:
        return [*series, *decided(request, Path(folder))]


if __name__ == "__main__":
    for item in all_of(reports.open_request(None, None, Path(sys.argv[1]))):
        print(f"{item.work}: {item.seconds:.2f} s, processor {item.cpu:.2f} s")
