"""What changed since the last tasking: the rows of it, and their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, TypedDict

from dashboard.periods import Period, calendar
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Counted, Standing
from dashboard.words import numbers, phrases
from dashboard.words.names import window_word

WHOLE = "null: all areas"
UNTESTED = "null: it is not tested any more"
THEN: Final = "then_figure_of"  # what was known at the meeting before


class Cleared(TypedDict):
    """An alert of the meeting before that is none any more: what was known then, and is now."""

    measure: str
    name: str
    unit_code: str
    unit_name: str
    borough: Annotated[str | None, WHOLE]
    borough_name: Annotated[str | None, WHOLE]
    then_words: str
    then: int
    then_expected: float
    now: Annotated[int | None, UNTESTED]
    expected: Annotated[float | None, UNTESTED]
    low: Annotated[int | None, UNTESTED]
    high: Annotated[int | None, UNTESTED]
    watched: bool
    sentence: str
    figure_of: Annotated[str | None, UNTESTED]
    then_figure_of: str


class Revised(TypedDict):
    """A count of the fortnight of the meeting before, as known then and now."""

    measure: str
    name: str
    unit_code: str
    unit_name: str
    borough: Annotated[str | None, WHOLE]
    borough_name: Annotated[str | None, WHOLE]
    window: str
    tier: str  # that it had then; '' of none
    old: int
    new: int
    change: int
    sentence: str


class Retargeted(TypedDict):
    """A target that was set or changed."""

    measure: str
    name: str
    unit_code: str
    old: str
    new: str
    set_on: date
    status: str
    sentence: str


def window(row: Standing) -> str:
    """'the fortnight 14 to 27 June 2032'; of some of its days 'the days …'."""
    span = Period(row["window_since"], row["window_until"])
    whole = span.until - span.since == calendar().window
    return f"the {window_word() if whole else 'days'} {span.words}"


def cleared(old: Standing, known: Counted | None, *, watched: bool) -> str:
    """What became of an alert of the last meeting that is none any more.

    known  of its place now; None where it is not tested any more
    """
    before = (
        f"{old['name']}{alert_words.place(old['borough_name'], old['unit_name'])}: "
        f"{numbers.number(old['now'])} in {window(old)}, "
        f"{numbers.number(old['expected'], 1)} expected"
    )
    if known is None:
        return f"{before}; now no figures reach the {window_word()}, so it is not tested."
    still = "; it stays on the watch list" if watched else ""
    return f"{before}; now {numbers.number(known['now'])}, {alert_words.expected(known)}{still}."


def revised(row: Revised) -> str:
    """'Shootings in Thorpe, fortnight 14 to 27 June 2032: 4 → 6.'"""
    was = ", an alert then" if row["tier"] == "alert" else ""
    place = alert_words.place(row["borough_name"], row["unit_name"])
    said = f"{window_word()} {row['window']}"
    return f"{row['name']}{place}, {said}: {row['old']} → {row['new']}{was}."


def most(changed: Sequence[Revised]) -> int:
    """By how much the count that was revised most changed; 0 of none."""
    return max((abs(row["change"]) for row in changed), default=0)


def revisions(changed: Sequence[Revised], compared: int) -> str:
    """'18 of 428 counts of that fortnight have changed since, by 3 at most'."""
    if not changed:
        return f"no count of that {window_word()} has changed since"
    one = len(changed) == 1
    verb, bound = ("has", "") if one else ("have", " at most")
    return (
        f"{len(changed)} of {phrases.many(compared, 'count')} of that {window_word()} {verb}"
        f" changed since, by {numbers.number(most(changed))}{bound}"
    )
