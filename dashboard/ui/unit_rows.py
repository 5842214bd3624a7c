"""Rows of reports as cells of the unit page's and the snapshot page's tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.reports import Request, saying
from dashboard.ui import address, figures
from dashboard.ui.markup import (
    MISSING,
    Column,
    Html,
    join,
    link,
    small,
    stack,
    strong,
    text,
)

Row = dict[str, Any]

PLAN = (Column("Measure"), Column("Year to date", "right"), Column("Status and target"))
RECORDS = (
    Column("Reference", wrap=False),
    Column("Reported", wrap=False),
    Column("Borough"),
    Column("Weapon"),
    Column("Status"),
)
PERIODS = (
    Column("Period"),
    Column("Figure", "right"),
    Column("Usual", "right"),
    Column("Limits", "right"),
    Column("Target", "right"),
    Column("Why marked"),
)
STATUSES = {"open": "open", "detected": "detected", "no_crimed": "no-crimed"}


def plan(rows: Iterable[Row], chosen: str | None) -> list[list[Any]]:
    """Cells of the plan: the measure as a link that selects it, its figure, its two icons."""
    return [
        [
            stack(
                link(
                    address.link_to("ocu", measure=row["measure"]),
                    strong(row["name"]),
                    label=f"{row['name']}, show its chart",
                ),
                small("force-wide") if row["place"] == "force" else None,
            ),
            _figure(row),
            _status(row),
        ]
        for row in rows
    ]


def _figure(row: Row) -> Html:
    if row["symbol"] == MISSING:
        return text(MISSING)
    return stack(strong(row["figure"]), small(row["parts"]) if row["parts"] else None)


def _status(row: Row) -> Html:
    if row["symbol"] == MISSING:
        return small("no data in what is loaded")
    aim = figures.assurance(row["assurance"] if row["target_words"] else "")
    words = small(row["target_words"]) if row["target_words"] else None
    return stack(figures.status(row["variation"], both=False), aim, words)


def records(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the records list; codes in the catalogue's words."""
    areas, weapons = request.catalogue.areas, request.catalogue.values.get("weapon", {})
    return [
        [
            row["crime_ref"],
            figures.day(row["reported_on"], weekday=False),
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            weapons.get(row["weapon"] or "", MISSING).lower() if row["weapon"] else MISSING,
            STATUSES[row["status"]],
        ]
        for row in rows
    ]


def periods(rows: list[Row]) -> list[list[Any]]:
    """The rows under an SPC chart, newest first."""
    return [
        [
            row["period"],
            row["said"],
            row["mean_said"] or "",
            f"{row['lower_said']} to {row['upper_said']}" if row["upper_said"] else "",
            row["target_said"] or "",
            row["rule"],
        ]
        for row in reversed(rows)
    ]


def unit_words(request: Request, code: str) -> str:
    """'SCD7 Serious and Organised Crime'."""
    return f"{code} {request.catalogue.units[code].name}"


def borough_words(request: Request, code: str) -> str:
    """The borough's name; 'All of London' for the choice that leaves none out."""
    areas = request.catalogue.areas
    return areas[code].name if code in areas else "All of London"


def changed(sentences: tuple[str, ...]) -> Html:
    """'What changed: …; …' with its first words strong."""
    if not sentences:
        return join([strong("What changed:"), "nothing beyond its usual range"])
    said = "; ".join([sentences[0], *(_inside(words) for words in sentences[1:])])
    return join([strong("What changed:"), f"{_inside(said)}."])


def _inside(words: str) -> str:
    """A sentence as a part of another: no capital, unless it begins with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def span(since: date | None, until: date | None) -> str:
    """'1 April 2004 up to 12 July 2004' (until exclusive); '[x]' without dates."""
    if since is None or until is None:
        return MISSING
    return f"{figures.day(since, weekday=False)} up to {figures.day(until, weekday=False)}"


def parts(row: Row, what: str) -> list[str]:
    """An account's five numbers: read, accepted, rejected, superseded, excluded."""
    names = ("read", "accepted", "rejected", "superseded", "excluded")
    return [saying.figure(row[f"{what}_{name}"], "n") for name in names]
