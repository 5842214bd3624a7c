"""The signs of pressure that speak against a move from a unit, each of figures of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypedDict

from dashboard.reports.tasking.pressures import UNLOADED, UNTESTED
from dashboard.stats.two_period import change
from dashboard.words import numbers, phrases

UNCOUNTED = "null: its work is not counted in reports"
UNJUDGED = "null: its open faults are not counted, or too few ends to judge"


class Faults(TypedDict):
    """A unit's stock of open faults: now, before it moved by more than usual (else a period or a
    year before), and whether that is a rise."""

    faults: Annotated[float | None, UNJUDGED]
    faults_before: Annotated[float | None, UNJUDGED]
    faults_rise: Annotated[bool | None, UNJUDGED]


class Signed(Faults):
    """What the signs of a unit are read from.

    unusual         kinds of report that came in more than in any week before; '' of none
    decisions_over  its decisions that are overdue
    """

    open_before: Annotated[int | None, UNCOUNTED]
    open_now: Annotated[int | None, UNCOUNTED]
    over_28: Annotated[int | None, UNCOUNTED]
    posts: Annotated[int | None, UNLOADED]
    in_post: Annotated[int | None, UNLOADED]
    vacant: Annotated[int | None, UNLOADED]
    alerts: Annotated[int | None, UNTESTED]
    overtime: Annotated[float | None, f"{UNLOADED}, or too early in the year"]  # of its profile
    sickness_days: Annotated[float | None, UNLOADED]
    sickness_a_post: Annotated[float | None, UNLOADED]
    lent: int
    borrowed: int
    unusual: Annotated[str | None, "null: none of its reports is told by the day"]
    decisions_over: int


# What a sign finds: whether it speaks against a move (None: not known), and the words for it.
Found = tuple[bool | None, str]
NOT_REPORTS = "its work is not counted in reports"


def alerts(row: Signed, _every: Sequence[Signed]) -> Found:
    """An alert of the meeting stands."""
    if row["alerts"] is None:
        return None, "nothing of it is tested for alerts"
    return row["alerts"] > 0, phrases.many(row["alerts"], "alert")


def week(row: Signed, _every: Sequence[Signed]) -> Found:
    """More reports of a kind came in the last week than in any of the weeks before."""
    if row["unusual"] is None:
        return None, "its reports are not told by the day"
    return bool(row["unusual"]), row["unusual"]


def backlog(row: Signed, _every: Sequence[Signed]) -> Found:
    """More reports are open than a year ago, by more than chance."""
    if row["open_now"] is None or row["open_before"] is None:
        return None, NOT_REPORTS
    grown = change(row["open_now"], row["open_before"]).low > 1
    return grown, f"{row['open_now']:,} open reports, {row['open_before']:,} a year ago"


def load(row: Signed, every: Sequence[Signed]) -> Found:
    """More reports are open a filled post than in the others, by more than chance."""
    more = _more_a_post(row, every, "open_now")
    if more is None:
        return None, NOT_REPORTS
    return more, f"{_a_post(row, 'open_now')} open reports a filled post"


def age(row: Signed, every: Sequence[Signed]) -> Found:
    """More open reports over 28 days old a filled post than in the others, by more than chance."""
    more = _more_a_post(row, every, "over_28")
    if more is None:
        return None, NOT_REPORTS
    old = numbers.rate(row["over_28"], row["open_now"])
    return more, f"{old} open reports over 28 days old"


def faults(row: Signed, _every: Sequence[Signed]) -> Found:
    """Open faults of its reports rise by more than usual, or have climbed over the year."""
    if row["faults_rise"] is None:
        return None, "its open faults are not known"
    before, now = numbers.number(row["faults_before"]), numbers.number(row["faults"])
    return row["faults_rise"], f"open faults from {before} to {now}"


def overdue(row: Signed, _every: Sequence[Signed]) -> Found:
    """A decision that it is to carry out is overdue."""
    late = row["decisions_over"]
    return late > 0, f"{phrases.many(late, 'decision')} overdue"


def overtime(row: Signed, _every: Sequence[Signed]) -> Found:
    """Overtime is over its profile."""
    if row["overtime"] is None:
        return None, "its overtime against profile is not known"
    return row["overtime"] > 1, f"overtime {numbers.share(row['overtime'])} of profile"


def vacancies(row: Signed, every: Sequence[Signed]) -> Found:
    """A larger share of its posts is empty than of all."""
    if row["vacant"] is None or not row["posts"]:
        return None, "its posts are not known"
    known = [other for other in every if other["vacant"] is not None]
    empty = sum(other["vacant"] or 0 for other in known)
    whole = empty / sum(other["posts"] or 0 for other in known)
    said = numbers.rate(row["vacant"], row["posts"])
    return row["vacant"] / row["posts"] > whole, f"{said} posts vacant"


def sickness(row: Signed, every: Sequence[Signed]) -> Found:
    """More days are lost to sickness a filled post than in the others, by more than chance."""
    more = _more_a_post(row, every, "sickness_days")
    if more is None:
        return None, "its sickness is not known"
    return more, f"{row['sickness_a_post']:.2f} days of sickness a filled post"


def lending(row: Signed, _every: Sequence[Signed]) -> Found:
    """It lends more officers by decisions that stand than it borrows."""
    away = row["lent"] - row["borrowed"]
    return away > 0, f"{phrases.many(away, 'officer')} lent already"


# By what the note on them calls them.
SIGNS: Mapping[str, Callable[[Signed, Sequence[Signed]], Found]] = {
    "an alert": alerts,
    "a week of more reports of a kind than any before": week,
    "more open reports than a year ago": backlog,
    "more open reports a filled post than elsewhere": load,
    "more of them over 28 days old a filled post": age,
    "open faults rising": faults,
    "a decision overdue": overdue,
    "overtime over profile": overtime,
    "posts vacant": vacancies,
    "sickness": sickness,
    "officers lent": lending,
}


def _more_a_post(row: Signed, every: Sequence[Signed], column: str) -> bool | None:
    """Whether a filled post has more of a count than those of all others together, by more than
    chance; None where either is not known."""

    def known(other: Signed) -> tuple[float, int] | None:
        n, filled = other.get(column), other["in_post"]
        return (n, filled) if isinstance(n, int | float) and filled else None

    here = known(row)
    others = [pair for other in every if other is not row and (pair := known(other))]
    if here is None or not others:
        return None
    there = [sum(part) for part in zip(*others, strict=True)]
    ratio = change(round(here[0]), round(there[0]), here[1], there[1])
    return ratio.low > 1


def _a_post(row: Signed, column: str) -> str:
    n, filled = row.get(column), row["in_post"]
    return numbers.number(n / filled, 1) if isinstance(n, int) and filled else numbers.MISSING
