"""One decision: its words, its counts before and after, what was said and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

import numpy as np

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions import book, sealing
from dashboard.decisions.sealed import Judged, Sealed
from dashboard.decisions.tables import Decision
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import Period, calendar, day_words
from dashboard.reports.decisions import board, reach
from dashboard.reports.decisions import decision_words as words
from dashboard.reports.decisions.board import Whole
from dashboard.reports.request import Request, clock
from dashboard.words.names import window_word

SHOWN = 26  # fortnights before the decision on its chart
BEFORE = "null: before the decision"


class Point(TypedDict):
    """A period of a decision's course: what came, and what was forecast without and with it."""

    period_start: date
    period: str
    phase: str  # before, after or coming
    n: Annotated[float | None, "null: yet to come"]
    expected: Annotated[float | None, BEFORE]
    low: Annotated[float | None, BEFORE]
    high: Annotated[float | None, BEFORE]
    wanted: Annotated[float | None, BEFORE]


@dataclass(frozen=True)
class Comment:
    """What somebody said of a decision."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class One:
    """A decision as it stood at the request's meeting.

    row        as of the board
    sentences  the expected effect and what could be seen of it, or what came of it
    course     its counts before and after with the forecast and the expected effect; None where
               no count shows the effect
    past       who changed what, in words, the first first
    """

    row: Whole
    sentences: tuple[str, ...]
    course: Disclosed | None
    comments: tuple[Comment, ...]
    past: tuple[str, ...]
    sealed: Sealed | None
    judged: Judged | None


def whole_id(request: Request, start: str) -> str:
    """The id that begins so; raises NotFoundError where none, or more than one, does."""
    ids = [head.id for head in board.book_of(request).heads if head.id.startswith(start)]
    if len(ids) != 1 or not start:
        raise NotFoundError("decision", start)
    return ids[0]


def decision_of(request: Request, decision_id: str) -> One:
    """raises  NotFoundError where it was not there at the request's meeting"""
    held = board.book_of(request)
    heads = [head for head in held.heads if head.id == decision_id]
    if not heads:
        raise NotFoundError("decision", decision_id)
    (row,), parts = board.rows_of(request, held, heads), held.whole(heads)
    seal, result = parts.seals.get(decision_id), parts.results.get(decision_id)
    sealed = seal["sealed"] if seal else None
    judged = result["found"] if result else None
    return One(
        row=row,
        sentences=_sentences(request, row, sealed, judged),
        course=course(request, row, sealed) if sealed else None,
        comments=tuple(
            Comment(item["changed_by"], item["changed_at"], item["words"])
            for item in held.said([decision_id])
        ),
        past=_past(request, decision_id),
        sealed=sealed,
        judged=judged,
    )


def _sentences(
    request: Request, row: Whole, sealed: Sealed | None, judged: Judged | None
) -> tuple[str, ...]:
    if sealed is None:
        return ("No count shows what is expected of it: nothing will be judged.",)
    if judged is None:
        until = date.fromisoformat(sealed["until"])
        return (
            f"Expected: {row['effect']}.",
            words.prospect(sealed),
            words.wait(sealing.first_seen(sealed)),
            words.regression(sealed),
            words.compared(sealed),
            f"It is judged once, when all before {day_words(until)} is known and it is done.",
        )
    said = (
        row["result"],
        f"Expected was {row['effect']}. {words.prospect(sealed)}",
        words.beside(judged),
        words.mix(judged, sealed["ratio"], lambda code: request.catalogue.areas[code].name),
        words.moved(judged, sealed["touching"]) if sealed["kind"] == "beside" else "",
    )
    return tuple(item for item in said if item)


def course(request: Request, row: Whole, sealed: Sealed) -> Disclosed:
    """The counts of a decision before it and since, beside what was sealed of them."""
    since = date.fromisoformat(sealed["since"])
    counts = _counts(request, row, sealed)
    points = [
        _point(start, "before", value)
        for start, value in sorted(counts.items())
        if since - SHOWN * calendar().window <= start < since
    ]
    for item in sealed["forecast"]:
        start = date.fromisoformat(item["start"])
        value = counts.get(start)
        point = _point(start, "coming" if value is None else "after", value)
        point["expected"], point["low"] = item["mean"], item["low"]
        point["high"], point["wanted"] = item["high"], item["mean"] * sealed["ratio"]
        points.append(point)
    return request.disclose(
        rows.table(Point, points),
        title=f"{row['measure_name']}{row['place']}, each {window_word()} before and after",
        subtitle=f"decided {day_words(row['meeting'])}; forecast and expected effect as sealed"
        f" then, as at {day_words(request.as_at)}",
        query="measure_series",
        params=_read(row, sealed),
        measure=row["measure"],
    )


def _point(start: date, phase: str, value: float | None) -> Point:
    return {
        "period_start": start,
        "period": Period(start, start + calendar().window).words,
        "phase": phase,
        "n": value,
        "expected": None,
        "low": None,
        "high": None,
        "wanted": None,
    }


def _read(row: Whole, sealed: Sealed) -> dict[str, Any]:
    """What its counts are asked with: of the boroughs acted in, else of its unit."""
    where = {"level": "borough"} if sealed["treated"] else {"unit": row["unit"]}
    return {"measure": row["measure"], "grain": calendar().grain, **where}


def _counts(request: Request, row: Whole, sealed: Sealed) -> dict[date, float]:
    """The treated count of every fortnight that the request knows."""
    treated = sealed["treated"]
    try:
        known = reach.fortnights(request, row["measure"] or "", None if treated else row["unit"])
    except UsageError:
        return {}
    chosen = np.array([code in treated or not treated for code in known.codes])
    sums = known.counts[chosen].sum(axis=0)
    return {
        start: float(value)
        for start, value in zip(known.starts, sums, strict=True)
        if not np.isnan(value)
    }


def _past(request: Request, decision_id: str) -> tuple[str, ...]:
    said = []
    for item in book.past_of(request.data, decision_id):
        if item.at >= clock.end(request):
            break
        before = item.before or {}
        names = [
            name
            for name, value in item.after.items()
            if name not in ("id", "version", "changed_by", "changed_at")
            and before.get(name) != value
        ]
        what = "raised it" if item.before is None else f"changed {', '.join(names)}"
        if "state" in names and item.before is not None:
            what = f"set it to {rows.typed_row(Decision, item.after)['state']}"
        said.append(f"{day_words(item.at.date())}, {item.by}: {what}")
    return tuple(said)
