"""How often what the table expected came true: the Brier score of "how sure", by tactic."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.decisions import fields
from dashboard.reports.decisions import board
from dashboard.reports.request import Request

ENOUGH = 5  # results that could be told, before a score says anything
ALL = "all"
COLUMNS = pa.schema(
    [
        ("tactic", pa.string()),
        *((name, pa.int64()) for name in ("judged", "worked", "did_not", "not_told")),
        *((name, pa.float64()) for name in ("brier", "brier_no_effect")),
    ]
)


def by_tactic(request: Request) -> Disclosed:
    """One row a tactic with results, and all together.

    brier            mean of (how sure − came true)² over those that could be told: 0 is best;
                     null with fewer than ENOUGH
    brier_no_effect  the same for who had always said that it has no effect
    """
    rows = [row for row in board.board(request).rows.to_pylist() if row["verdict"]]
    listed = [
        _row(words, [row for row in rows if row["tactic"] == words])
        for words in fields.TACTICS.values()
    ]
    listed = [row for row in listed if row["judged"]]
    if len(listed) > 1:
        listed.append(_row(ALL, rows))
    return request.disclose(
        pa.Table.from_pylist(listed, COLUMNS),
        title=_title(rows),
        subtitle="Score: the mean square of how far “how sure” was from what came; 0 is best",
        notes=(
            Note("The score is Brier's.", METHOD),
            f"A score is shown from {ENOUGH} results on that could be told.",
        ),
    )


def _row(tactic: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    told = [row for row in rows if row["verdict"] in ("worked", "did_not")]
    came = [(row["sure"] / 100, row["verdict"] == "worked") for row in told]
    enough = len(told) >= ENOUGH
    return {
        "tactic": tactic,
        "judged": len(rows),
        "worked": sum(true for _, true in came),
        "did_not": sum(not true for _, true in came),
        "not_told": len(rows) - len(told),
        "brier": sum((sure - true) ** 2 for sure, true in came) / len(told) if enough else None,
        "brier_no_effect": sum(true for _, true in came) / len(told) if enough else None,
    }


def _title(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No result is known yet"
    worked = sum(row["verdict"] == "worked" for row in rows)
    return f"{worked} of {len(rows)} results known so far say that it worked"
