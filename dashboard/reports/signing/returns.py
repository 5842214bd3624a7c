"""Whether what a unit returned of a month is signed, and which figures stand on what is not.

A return is all that an OCU and its branches returned of the periods that end in a month. Its
signature holds for as long as those figures stand: what a later extract restates is signed again.
Nothing is unsigned before signing began: the first month that anybody has signed a return of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict

from dashboard import rows
from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import RETURN, Signoff, Subject
from dashboard.periods import month_start, next_start
from dashboard.reports.request import Request, clock
from dashboard.reports.request.kept import kept, kept_as_written
from dashboard.reports.request.reckoned import reckoned
from dashboard.words import dates, numbers, phrases

# How a signature stands.
SIGNED, UNSIGNED, REVISED, WITHDRAWN = "signed", "unsigned", "revised", "withdrawn"
BEFORE = "before"  # of a time in which nobody signed
DAYS = 28  # after the month, or the publication, in which to sign: as long as it is provisional
WHY = "nobody has signed these as they stand"
NOTE = f"{numbers.UNSIGNED}: the figure stands on returns that nobody has signed as they are"
NONE_SIGNED = "no return has been signed yet: figures that units returned are as they sent them"
NAMED = 3  # returns that are named; more are counted


class Returned(TypedDict):
    """A row of the query returns_held: what a unit returned of a measure in a month."""

    unit_code: str
    month: date
    measure: str
    figures: int
    digest: str


@dataclass(frozen=True)
class Held:
    """What a unit returned of a month, and what tells it from any other figures."""

    unit: str
    month: date
    measures: tuple[str, ...]
    figures: int
    digest: str

    @property
    def subject(self) -> Subject:
        return Subject(RETURN, self.unit, self.month)

    @property
    def words(self) -> str:
        """'OCU6 May 2032'."""
        return f"{self.unit} {dates.period(self.month, 'month')}"

    @property
    def content(self) -> dict[str, Any]:
        """What is kept beside the signature."""
        return {"figures": self.figures, "digest": self.digest}


@dataclass(frozen=True)
class Return:
    """A return and how its signature stands; `row` is that of the store, None where there is none.

    due_on  the last day on which it is signed in time
    """

    held: Held
    state: str
    row: Signoff | None
    due_on: date

    @property
    def owed(self) -> bool:
        """Whether it should be signed and is not."""
        return self.state not in (SIGNED, BEFORE)


@kept(16)
def returned_months(request: Request) -> tuple[Held, ...]:
    """What was returned of each month that was over by the as-at, by unit and month."""
    return tuple(
        Held(row["unit"], row["month"], tuple(row["measures"]), row["figures"], row["digest"])
        for row in _held(request)
    )


class Whole(TypedDict):
    """The fields of a Held."""

    unit: str
    month: date
    measures: list[str]
    figures: int
    digest: str


@reckoned(Whole)
def _held(request: Request) -> list[Whole]:
    by_month: dict[tuple[str, date], list[Returned]] = {}
    for row in rows.typed(Returned, request.run("returns_held")):
        if next_start(row["month"], "month") <= request.as_at:
            by_month.setdefault((row["unit_code"], row["month"]), []).append(row)
    return [_whole(unit, month, own) for (unit, month), own in sorted(by_month.items())]


def _whole(unit: str, month: date, own: list[Returned]) -> Whole:
    said = ";".join(f"{row['measure']}:{row['digest']}" for row in own)
    return {
        "unit": unit,
        "month": month,
        "measures": [row["measure"] for row in own],
        "figures": sum(row["figures"] for row in own),
        "digest": hashlib.sha256(said.encode()).hexdigest(),
    }


def signed(request: Request) -> dict[Subject, Signoff]:
    """The signatures of returns as they stood at the request's meeting."""
    every = signoffs.signoffs_at(request.data, clock.end(request))
    return {subject: row for subject, row in every.items() if subject.kind == RETURN}


@kept_as_written(16)
def returns(request: Request) -> tuple[Return, ...]:
    """Every return of a month that was over by the as-at, and how its signature stands.

    None for a role that sees but a part of what was returned.
    """
    if not request.whole:
        return ()
    known = signed(request)
    began = min((subject.month for subject in known), default=None)
    return tuple(
        _standing(item, known.get(item.subject), began) for item in returned_months(request)
    )


def _standing(item: Held, row: Signoff | None, began: date | None) -> Return:
    due = next_start(item.month, "month") + timedelta(days=DAYS - 1)
    if began is None or item.month < began:
        return Return(item, BEFORE, row, due)
    return Return(item, state_of(row, item.content), row, due)


def state_of(row: Signoff | None, content: Mapping[str, Any]) -> str:
    """How a signature stands over what it was put under, and what stands there now."""
    if row is None:
        return UNSIGNED
    if row["state"] == signoffs.WITHDRAWN:
        return WITHDRAWN
    return SIGNED if row["figures"] == content else REVISED


@kept_as_written(16)
def owed(request: Request) -> tuple[Return, ...]:
    """The returns that should be signed and are not, the oldest first."""
    unsigned = [item for item in returns(request) if item.owed]
    return tuple(sorted(unsigned, key=lambda item: (item.held.month, item.held.unit)))


def under(
    request: Request,
    returned: Iterable[Return],
    measure: str,
    unit: str,
    span: tuple[date, date],
    grain: str,
) -> tuple[Return, ...]:
    """Those of `returned` that a figure stands on.

    measure, unit  of the figure: it is made of what the unit and those below it returned
    span           first days of its first and last period of `grain`
    """
    since, until = (month_start(next_start(day, grain) - timedelta(days=1)) for day in span)
    below = {request.catalogue.ocu_of(unit), *request.catalogue.descendants(unit)}
    if unit == request.force:
        below = set(request.catalogue.units)
    return tuple(
        item
        for item in returned
        if measure in item.held.measures
        and item.held.unit in below
        and since <= item.held.month <= until
    )


def said(returned: Iterable[Return]) -> str:
    """'OCU6 May 2032 and OCU7 May 2032'; '' of none. The mark stands where it is printed."""
    return phrases.listed_first([item.held.words for item in returned], NAMED)
