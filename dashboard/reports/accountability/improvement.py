"""Areas for improvement by the nine criteria of the excellence model, and their scores so far."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.snapshots import editions
from dashboard.words import criteria, names, numbers, phrases

BARE = "null: a criterion without an area"
UNSCORED = f"{BARE}, or one without a score"


class Area(TypedDict):
    """An area for improvement, or a criterion without any; scores are 0 to 100."""

    criterion: int
    criterion_words: str
    area_ref: Annotated[str | None, BARE]
    title: Annotated[str | None, BARE]
    score: Annotated[float | None, UNSCORED]
    first_score: Annotated[float | None, UNSCORED]
    first_known: Annotated[date | None, UNSCORED]
    lead_post: Annotated[str | None, f"{BARE}, or one that nobody leads"]
    unit_code: Annotated[str | None, f"{BARE}, or one of no unit"]
    status: Annotated[str | None, BARE]
    status_words: Annotated[str | None, BARE]
    due_on: Annotated[date | None, BARE]
    days_over: Annotated[int | None, "null: not overdue"]
    overdue: Annotated[bool | None, BARE]
    scores: Annotated[list[float] | None, BARE]
    known_on: Annotated[list[date] | None, BARE]


class Known(TypedDict):
    """A row of the query improvement_areas."""

    area_ref: str
    title: str
    criterion: int
    lead_post: str | None
    unit_code: str | None
    score: float | None
    due_on: date
    status: str
    overdue: bool


class Score(TypedDict):
    """A row of the query improvement_scores: what an extract said of an area."""

    area_ref: str
    vintage: date
    score: float | None


Past = list[tuple[date, float | None]]


@kept(32)
def areas(request: Request, unit: str) -> Disclosed:
    """Each area with its score now and as earlier extracts said it; a row for a criterion without.

    scores, known_on  each extract's score (0 to 100), oldest first, and the day it was known on
    """
    known = rows_below(request, unit, rows.typed(Known, request.run("improvement_areas")))
    past = _past(request)
    scored = [_area(request, row, past.get(row["area_ref"], [])) for row in known]
    there = {row["criterion"] for row in known}
    bare = [_bare(number) for number in criteria.CRITERIA if number not in there]
    every = sorted([*scored, *bare], key=lambda row: (row["criterion"], row["area_ref"] or ""))
    return request.disclose(
        rows.table(Area, every),
        title=_title(known),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=_notes(past) if scored else (),
        query="improvement_areas",
        unit=unit,
    )


def _past(request: Request) -> dict[str, Past]:
    """What each extract up to the as-at said of an area's score, oldest first."""
    infos = editions.holding(editions.editions(request.listed, request.as_at), "improvements")
    # The open snapshot stands for its as-at, whichever other was published after it.
    infos = (*(info for info in infos if info.as_at != request.as_at), request.snapshot)
    said: dict[str, Past] = {}
    for row in rows.typed(Score, editions.across(infos, "improvement_scores", request.scope)):
        said.setdefault(row["area_ref"], []).append((row["vintage"], row["score"]))
    return said


def _area(request: Request, row: Known, past: Past) -> Area:
    scored = [(day, score) for day, score in past if score is not None]
    return {
        **row,
        "criterion_words": criteria.criterion(row["criterion"]),
        "status_words": label(request, "improvement_status", row["status"]),
        "days_over": (request.as_at - row["due_on"]).days if row["overdue"] else None,
        "scores": [score for _, score in scored],
        "known_on": [day for day, _ in scored],
        "first_score": scored[0][1] if scored else None,
        "first_known": scored[0][0] if scored else None,
    }


def _bare(criterion: int) -> Area:
    return {
        "criterion": criterion,
        "criterion_words": criteria.criterion(criterion),
        "area_ref": None,
        "title": None,
        "score": None,
        "first_score": None,
        "first_known": None,
        "lead_post": None,
        "unit_code": None,
        "status": None,
        "status_words": None,
        "due_on": None,
        "days_over": None,
        "overdue": None,
        "scores": None,
        "known_on": None,
    }


def _title(known: list[Known]) -> str:
    """'9 of 11 areas for improvement are open, 1 of them overdue; People scores lowest (45)'."""
    if not known:
        return "No area for improvement is known here"
    open_ = [row for row in known if row["status"] != "closed"]
    over = sum(row["overdue"] for row in open_)
    said = (
        f"{len(open_)} of {counted('improvement', len(known))} "
        f"{'is' if len(open_) == 1 else 'are'} open, {over or 'none'} overdue"
    )
    scored = [(row["score"], row["title"]) for row in known if row["score"] is not None]
    if len(scored) < 2:
        return said
    lowest = min(score for score, _ in scored)
    first = [title for score, title in scored if score == lowest]
    return f"{said}; lowest score: {phrases.listed_first(first)} ({numbers.figure(lowest, 'n')})"


def _notes(past: dict[str, Past]) -> tuple[str, ...]:
    days = sorted({day for said in past.values() for day, _ in said})
    return (
        "Scores by RADAR, 0 to 100, of areas; the model's points of a criterion are not reckoned.",
        f"Scores as the extracts known on {phrases.listed([day_words(day) for day in days])} say."
        if len(days) > 1
        else "One extract is known: no score has a past yet.",
    )
