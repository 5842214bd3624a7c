"""Areas for improvement by the nine criteria of the excellence model, and their scores so far."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.units import Row, label, of_unit
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.snapshots import editions
from dashboard.words import criteria, names, numbers, phrases

AREAS = pa.schema(
    [
        ("criterion", pa.int64()),
        *((name, pa.string()) for name in ("criterion_words", "area_ref", "title")),
        *((name, pa.float64()) for name in ("score", "first_score")),
        ("first_known", pa.date32()),
        *((name, pa.string()) for name in ("lead_post", "unit_code", "status", "status_words")),
        ("due_on", pa.date32()),
        ("days_over", pa.int64()),
        ("overdue", pa.bool_()),
        ("scores", pa.list_(pa.float64())),
        ("known_on", pa.list_(pa.date32())),
    ]
)


@kept(32)
def areas(request: Request, unit: str) -> Disclosed:
    """Each area with its score now and as earlier extracts said it; a row for a criterion without.

    scores, known_on  each extract's score (0 to 100), oldest first, and the day it was known on
    """
    found = of_unit(request, unit, request.run("improvement_areas").to_pylist())
    past = _past(request)
    rows = [_area(request, row, past.get(row["area_ref"], [])) for row in found]
    bare = [
        {"criterion": number, "criterion_words": criteria.criterion(number)}
        for number in criteria.CRITERIA
        if number not in {row["criterion"] for row in rows}
    ]
    table = sorted([*rows, *bare], key=lambda row: (row["criterion"], row.get("area_ref") or ""))
    return request.disclose(
        pa.Table.from_pylist(table, AREAS),
        title=_title(rows),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=_notes(past) if rows else (),
        query="improvement_areas",
        unit=unit,
    )


def _past(request: Request) -> dict[str, list[tuple[date, float | None]]]:
    """What each extract up to the as-at said of an area's score, oldest first."""
    infos = editions.holding(editions.editions(request.data, request.as_at), "improvements")
    # The open snapshot stands for its as-at, whichever other was published after it.
    infos = (*(info for info in infos if info.as_at != request.as_at), request.snapshot)
    said: dict[str, list[tuple[date, float | None]]] = {}
    for row in editions.across(infos, "improvement_scores", request.scope).to_pylist():
        said.setdefault(row["area_ref"], []).append((row["vintage"], row["score"]))
    return said


def _area(request: Request, row: Row, past: list[tuple[date, float | None]]) -> dict[str, Any]:
    scored = [(day, score) for day, score in past if score is not None]
    return row | {
        "criterion_words": criteria.criterion(row["criterion"]),
        "status_words": label(request, "improvement_status", row["status"]),
        "days_over": (request.as_at - row["due_on"]).days if row["overdue"] else None,
        "scores": [score for _, score in scored],
        "known_on": [day for day, _ in scored],
        "first_score": scored[0][1] if scored else None,
        "first_known": scored[0][0] if scored else None,
    }


def _title(rows: list[Row]) -> str:
    """'9 of 11 areas for improvement are open, 1 of them overdue; People scores lowest (45)'."""
    if not rows:
        return "No area for improvement is known here"
    open_ = [row for row in rows if row["status"] != "closed"]
    over = sum(row["overdue"] for row in open_)
    said = (
        f"{len(open_)} of {counted('improvement', len(rows))} "
        f"{'is' if len(open_) == 1 else 'are'} open, {over or 'none'} overdue"
    )
    scored = [row for row in rows if row["score"] is not None]
    if len(scored) < 2:
        return said
    lowest = min(row["score"] for row in scored)
    first = [row["title"] for row in scored if row["score"] == lowest]
    return f"{said}; lowest score: {phrases.listed_first(first)} ({numbers.figure(lowest, 'n')})"


def _notes(past: dict[str, list[tuple[date, float | None]]]) -> tuple[str, ...]:
    days = sorted({day for said in past.values() for day, _ in said})
    return (
        "Scores by RADAR, 0 to 100, of areas; the model's points of a criterion are not reckoned.",
        f"Scores as the extracts known on {phrases.listed([day_words(day) for day in days])} say."
        if len(days) > 1
        else "One extract is known: no score has a past yet.",
    )
