"""Rows of reports as cells of the unit page's and the snapshot page's tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.periods import planning_year_start
from dashboard.reports import Request
from dashboard.reports.unit import ocu
from dashboard.ui.kit import figures
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    join,
    link,
    small,
    stack,
    strong,
    tag,
    text,
)
from dashboard.ui.shell import address
from dashboard.words import numbers

Row = dict[str, Any]

PLAN = (
    Column("Measure"),
    Column("This year", "right"),
    Column("Status and target"),
)
RECORDS = (
    Column("Reference", wrap=False),
    Column("Reported", wrap=False),
    Column("Borough"),
    Column("Weapon"),
    Column("Status"),
)
FAULTS = (
    Column("Reference", wrap=False),
    Column("Fault"),
    Column("Borough"),
    Column("Open since", wrap=False),
    Column("Days", "right"),
)
PERIODS = (
    Column("Period"),
    Column("Figure", "right"),
    Column("Usual", "right"),
    Column("Limits", "right"),
    Column("Target", "right"),
    Column("Why marked"),
)
FAULT_WORDS = {
    "not_validated": "not validated",
    "detection_not_authorised": "detection not authorised",
}
STATUSES = {"open": "open", "detected": "detected", "no_crimed": "no-crimed"}


def plan(rows: Iterable[Row], as_at: date) -> list[list[Any]]:
    """Cells of the plan: the measure as a link that selects it, its figure, its two icons.

    A figure that is not of the planning year of the as-at is dated.
    """
    now = planning_year_start(as_at)
    return [
        [
            stack(
                link(
                    address.link_to("ocu", measure=row["measure"]),
                    strong(row["name"]),
                    label=f"{row['name']}, show its chart",
                ),
                small(ocu.FORCE_WIDE_TAG) if row["place"] not in ("unit", "") else None,
            ),
            _figure(row, now),
            _status(row),
        ]
        for row in rows
    ]


def _figure(row: Row, now: date) -> Html:
    if row["symbol"] == MISSING:
        return text(MISSING)
    old = row["last_start"] < now
    return stack(
        strong(row["figure"]),
        tag("span", row["parts"], class_="quiet nw") if row["parts"] else None,
        small(row["period_words"]) if old else None,
    )


def _status(row: Row) -> Html:
    """Variation, then assurance with the year's target beside it."""
    if row["symbol"] == MISSING:
        return small("no data loaded")
    variation = figures.status(row["variation"], both=False)
    if not row["target_words"]:
        return stack(variation, figures.assurance(""))
    if not row["assurance"]:
        return stack(variation, join([small("– target"), _target(row["target_words"])]))
    return stack(
        variation, join([figures.assurance(row["assurance"]), _target(row["target_words"])])
    )


def _target(words: str) -> Html:
    """'at most 1,540' as '≤ 1,540', said in words to a screen reader."""
    short = words.replace("at most ", "≤ ").replace("at least ", "≥ ")
    return tag("span", short, class_="quiet nw", aria_label=words)


def records(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the records list; codes in the catalogue's words."""
    areas, weapons = request.catalogue.areas, request.catalogue.values.get("weapon", {})
    return [
        [
            row["crime_ref"],
            figures.day(row["reported_on"], weekday=False),
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            # 'knife', not 'knife or sharp implement': the list has little room
            small(weapons.get(row["weapon"] or "", MISSING).lower().split(" or ")[0]),
            STATUSES[row["status"]],
        ]
        for row in rows
    ]


def faults(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the list of open quality faults."""
    areas = request.catalogue.areas
    return [
        [
            row["crime_ref"],
            FAULT_WORDS[row["fault"]],
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            figures.day(row["open_since"], weekday=False),
            row["days_open"],
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


def without_sources(words: str) -> str:
    """Words of the catalogue without the keys of their sources: '[HOM-WEB]'."""
    return re.sub(r"\s*\[[^\]]*\]", "", words)


def unit_words(request: Request, code: str) -> str:
    """'SCD7 Serious and Organised Crime'."""
    return f"{code} {request.catalogue.units[code].name}"


def borough_words(request: Request, code: str) -> str:
    """The borough's name; 'All of London' for the choice that leaves none out."""
    areas = request.catalogue.areas
    return areas[code].name if code in areas else "All of London"


def changed(sentences: tuple[str, ...]) -> Html:
    """'What changed: …; ….' with its first words strong."""
    said = "; ".join(_inside(words) for words in sentences)
    return join([strong("What changed:"), f"{said}."])


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
    return [numbers.figure(_whole(row[f"{what}_{name}"]), "n") for name in names]


def _whole(value: float | None) -> float | None:
    return None if value is None else round(value)
