"""How often what the table expected came true: Brier's score of "how sure", by tactic or unit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.words import names

ENOUGH = 5  # results that could be told, before a score says anything
ALL = "all"
YEAR = timedelta(days=365)
BY = {"tactic": "tactic", "owner_unit": "unit"}
FIGURES = pa.schema(
    [
        *((name, pa.int64()) for name in ("judged", "worked", "did_not", "not_told")),
        *((name, pa.float64()) for name in ("brier", "brier_no_effect")),
    ]
)


def came_true(request: Request, by: str) -> Disclosed:
    """One row a tactic (or unit) with results of the last year, and all together.

    by               tactic or owner_unit: the name of the first column
    brier            mean of (how sure − came true)² over those that could be told: 0 is best;
                     null with fewer than ENOUGH
    brier_no_effect  the same for who had always said that it has no effect
    """
    since = request.as_at - YEAR
    held = board.known(request)
    rows = board.rows_of(
        request, held, [head for head in held.heads if (head.judged_as_at or since) > since]
    )
    named = sorted({row[by] for row in rows}, key=names.by_number)
    listed = [_row(by, name, [row for row in rows if row[by] == name]) for name in named]
    if len(listed) > 1:
        listed.append(_row(by, ALL, rows))
    return request.disclose(
        pa.Table.from_pylist(listed, pa.schema([(by, pa.string()), *FIGURES])),
        title=_title(rows),
        subtitle=f"By {BY[by]}, results of the last year. Score: the mean square of how far “how"
        " sure” was from what came; 0 is best",
        notes=(
            Note("The score is Brier's.", METHOD),
            f"A score is shown from {ENOUGH} results on that could be told.",
        ),
    )


def _row(by: str, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    told = [row for row in rows if row["verdict"] in ("worked", "did_not")]
    came = [(row["sure"] / 100, row["verdict"] == "worked") for row in told]
    enough = len(told) >= ENOUGH
    return {
        by: name,
        "judged": len(rows),
        "worked": sum(true for _, true in came),
        "did_not": sum(not true for _, true in came),
        "not_told": len(rows) - len(told),
        "brier": sum((sure - true) ** 2 for sure, true in came) / len(told) if enough else None,
        "brier_no_effect": sum(true for _, true in came) / len(told) if enough else None,
    }


def _title(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No result of the last year is known"
    worked = sum(row["verdict"] == "worked" for row in rows)
    return f"{worked} of {len(rows)} results of the last year say that it worked"
