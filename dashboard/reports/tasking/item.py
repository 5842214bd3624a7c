"""One item of the meeting: what it says, and the rows of its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from dashboard.access import Disclosed
from dashboard.reports.alerts.alert_row import Alert, Standing

ALERT, TARGET, HAND = "alert", "target", "hand"  # what a decision is raised from
BRIEF = 90  # letters of a decision that rows of a wall hold; all of it stands on its own page


@dataclass(frozen=True)
class Listing:
    """Lines under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """What a decision is raised from: ALERT or TARGET, and of what it is; nothing else of HAND.

    matter  of no one measure: the name of the question that the form is to open on
    """

    kind: str
    measure: str | None = None
    unit: str | None = None
    borough: str | None = None
    matter: str | None = None


def of_alert(row: Standing) -> Origin:
    """A decision on a row of the alert list, in all its boroughs."""
    return Origin(ALERT, row["measure"], row["unit_code"], row["borough"])


@dataclass(frozen=True)
class Item:
    """One item of the meeting, which fills one screen.

    key       its name in the address; stays the same while the list of alerts is the same
    section   the part of the meeting it belongs to
    kind      which way it is laid out: opening, opening plain (no alert leads it), alert, events,
              bars, lines, capacity, facts, decisions or questions
    title     a statement that is true of what is shown; sentence: what more is to be said
    pictures  the rows of its pictures, in the order in which they stand
    heads     what stands above the columns of rows of bars or lines: figure and what is said
    strip     what stands below them: the unit's posts and overtime, or the key of the bars
    lists     what is said in lines
    facts     rows of three: label, figure, detail; of decisions: how it stands, what, owner and
              result; of questions: number, words, unit
    details   of questions what stands below the words of each
    row       the alert itself, for the ways on from it
    figures   label and identity of each figure of the rows, for what is said of it
    opens     ids of the decisions that `facts` are rows of, for the ways on from them; of an item
              without facts what was decided on it
    asks      of the same rows what a decision is raised from; None of a decision. Of an item
              without facts the one that it asks for itself
    """

    key: str
    section: str
    kind: str
    title: str
    sentence: str = ""
    pictures: tuple[Disclosed, ...] = ()
    heads: tuple[str, str] = ("", "")
    strip: str = ""
    lists: tuple[Listing, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    details: tuple[str, ...] = ()
    row: Alert | None = None
    figures: tuple[tuple[str, str], ...] = ()
    opens: tuple[str, ...] = ()
    asks: tuple[Origin | None, ...] = ()


def first_lines(lines: Sequence[str], most: int, noun: str = "") -> tuple[str, ...]:
    """The first lines, and how many more there are, of what; a single one more stands itself in
    the line that would say so."""
    more = len(lines) - most
    if more <= 1:
        return tuple(lines)
    what = f" {noun}s" if noun else ""
    return (*lines[:most], f"and {more} more{what}")


def brief(words: str) -> str:
    """The words, or as many of the first as BRIEF letters hold.

    >>> brief("Leaflets to shopkeepers")
    'Leaflets to shopkeepers'
    """
    return shorten(words, BRIEF, placeholder=" …")
