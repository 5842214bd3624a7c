"""What an alert says in words; pure, and true of its row by construction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dashboard.catalogue import ours
from dashboard.periods import MONTHS
from dashboard.words import phrases
from dashboard.words.names import areas_word, window_word

MOST_PLACES = 4  # boroughs that a title names; more are counted
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def promise(counts: dict[str, int]) -> str:
    """What was tested, and what the test promises: of meetings, not of single alerts.

    counts  series tested, by family; each family is a list of its own

    >>> promise({"directorate": 9, "borough": 138})
    '147 series tested in 2 lists; where nothing rises, each shows an alert in about one
     meeting in ten.'
    >>> promise({})
    'No series is fresh enough to be tested.'
    """
    lists = sum(1 for count in counts.values() if count)
    if not lists:
        return "No series is fresh enough to be tested."
    many = (
        f" in {lists} lists; where nothing rises, each" if lists > 1 else "; where nothing rises it"
    )
    said = f"{sum(counts.values()):,} series tested{many}"
    return f"{said} shows an alert in about one meeting in ten."


def ordinal(number: int) -> str:
    """A counting number in words as minutes write it.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def seen(times: int) -> str:
    """'first seen at this meeting', '3rd meeting running'."""
    return "first seen at this meeting" if times <= 1 else f"{ordinal(times)} meeting running"


def place(row: dict[str, Any]) -> str:
    """' in Ashby', or ', Serious and Organised Crime' for a series of all boroughs."""
    return f" in {row['borough_name']}" if row["borough_name"] else f", {row['unit_name']}"


def sentence(row: dict[str, Any], said: str) -> str:
    """'Commercial robbery in Ashby: 14 in the fortnight to 11 July, 5.2 expected (1–10); …'."""
    last = row["window_until"] - timedelta(days=1)
    return (
        f"{row['name']}{place(row)}: {row['now']} in the {window_word()} to {last.day} "
        f"{MONTHS[last.month - 1]}, {row['expected']:.1f} expected "
        f"({row['low']}–{row['high']}); {said}."
    )


def cleared(row: dict[str, Any]) -> str:
    """What became of an alert of the last meeting that is none any more."""
    before = (
        f"{row['name']}{place(row)}: {row['then']} in the {window_word()} {row['then_words']}, "
        f"{row['then_expected']:.1f} expected"
    )
    if row["now"] is None:
        return f"{before}; now no figures reach the {window_word()}, so it is not tested."
    still = "; it stays on the watch list" if row["watched"] else ""
    return (
        f"{before}; now {row['now']}, {row['expected']:.1f} expected "
        f"({row['low']}–{row['high']}){still}."
    )


def revised(row: dict[str, Any]) -> str:
    """'Shootings in Thorpe, fortnight 14 to 27 June 2032: 4 → 6.'"""
    was = ", an alert then" if row["tier"] == "alert" else ""
    window = f"{window_word()} {row['window']}"
    return f"{row['name']}{place(row)}, {window}: {row['old']} → {row['new']}{was}."


def title(rows: Sequence[dict[str, Any]], fortnight: str, tested: int) -> str:
    """A statement that is true of the alerts: the strongest measure and where."""
    if not tested:
        return f"No figure by day reaches the {window_word()} {fortnight}"
    if not rows:
        return f"Nothing is beyond expectation in the {window_word()} {fortnight}"
    first = rows[0]
    places = [r["borough_name"] for r in rows if r["measure"] == first["measure"] and r["borough"]]
    said = f"{first['name']} is above its usual range"
    if not places:
        force = first["unit_code"] == ours().force
        return f"{said} across {ours().whole_area if force else first['unit_name']}"
    if len(places) > MOST_PLACES:
        return f"{said} in {len(places)} {areas_word()}"
    return f"{said} in {phrases.listed(places)}"
