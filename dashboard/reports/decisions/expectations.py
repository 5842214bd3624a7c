"""How often what the table expected came true: Brier's score of "how sure", by tactic or unit."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, TypedDict

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Whole
from dashboard.reports.request import Request
from dashboard.words import names

ENOUGH = 5  # results that could be told, before a score says anything
ALL = "all"
YEAR = timedelta(days=365)
BY = {"tactic": "tactic", "owner_unit": "unit"}
FEW = f"null: fewer than {ENOUGH} could be told"


class Score(TypedDict):
    """Results, and the mean of (how sure − came true)² over those that could be told: 0 is best;
    brier_no_effect is that of who had always said that it has no effect."""

    judged: int
    worked: int
    did_not: int
    not_told: int
    brier: Annotated[float | None, FEW]
    brier_no_effect: Annotated[float | None, FEW]


class _Tactic(TypedDict):
    tactic: str


class _Unit(TypedDict):
    owner_unit: str


class OfTactic(_Tactic, Score):
    """What came of a tactic."""


class OfUnit(_Unit, Score):
    """What came of a unit's decisions."""


def came_true(request: Request, by: str) -> Disclosed:
    """One row a tactic (or unit) with results of the last year, and all together.

    by  tactic or owner_unit: the name of the first column
    """
    since = request.as_at - YEAR
    held = board.book_of(request)
    known = board.rows_of(
        request, held, [head for head in held.heads if (head.judged_as_at or since) > since]
    )
    return request.disclose(
        _by_tactic(known) if by == "tactic" else _by_unit(known),
        title=_title(known),
        subtitle=f"By {BY[by]}, results of the last year. Score: the mean square of how far “how"
        " sure” was from what came; 0 is best",
        notes=(
            Note("The score is Brier's.", METHOD),
            f"A score is shown from {ENOUGH} results on that could be told.",
        ),
    )


def _by_tactic(known: list[Whole]) -> pa.Table:
    scores: list[OfTactic] = [
        {"tactic": name, **score} for name, score in _scores(known, [r["tactic"] for r in known])
    ]
    return rows.table(OfTactic, scores)


def _by_unit(known: list[Whole]) -> pa.Table:
    scores: list[OfUnit] = [
        {"owner_unit": name, **score}
        for name, score in _scores(known, [r["owner_unit"] for r in known])
    ]
    return rows.table(OfUnit, scores)


def _scores(known: list[Whole], named: list[str]) -> list[tuple[str, Score]]:
    """The score of each name that the decisions have beside them, and of all of more than one."""
    own: dict[str, list[Whole]] = {}
    for name, row in zip(named, known, strict=True):
        own.setdefault(name, []).append(row)
    scores = [(name, _score(own[name])) for name in sorted(own, key=names.by_number)]
    return [*scores, (ALL, _score(known))] if len(scores) > 1 else scores


def _score(known: list[Whole]) -> Score:
    told = [row for row in known if row["verdict"] in ("worked", "did_not")]
    came = [((row["sure"] or 0) / 100, row["verdict"] == "worked") for row in told]
    enough = len(told) >= ENOUGH
    return {
        "judged": len(known),
        "worked": sum(true for _, true in came),
        "did_not": sum(not true for _, true in came),
        "not_told": len(known) - len(told),
        "brier": sum((sure - true) ** 2 for sure, true in came) / len(told) if enough else None,
        "brier_no_effect": sum(true for _, true in came) / len(told) if enough else None,
    }


def _title(known: list[Whole]) -> str:
    if not known:
        return "No result of the last year is known"
    worked = sum(row["verdict"] == "worked" for row in known)
    return f"{worked} of {len(known)} results of the last year say that it worked"
