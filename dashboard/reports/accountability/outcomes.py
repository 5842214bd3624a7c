"""What came of the recommendations: by how they ended, to whom they went, and who owns them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.reviews import kinds
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import names, phrases


class Ends(TypedDict):
    """How many recommendations there are, and what came of them: the keys of ENDS."""

    n: int
    in_time: int
    late: int
    overdue: int
    open: int


class Ended(TypedDict):
    """What came of the recommendations that feed the same."""

    feeds: str
    feeds_words: str
    n: int
    in_time: int
    late: int
    overdue: int
    open: int


class Owned(TypedDict):
    """What came of the recommendations that a unit owns."""

    unit_code: str
    n: int
    in_time: int
    late: int
    overdue: int
    open: int


class Recommended(Ends):
    """A row of the query recommendation_ends."""

    unit_code: str
    feeds: str


@kept(32)
def endings(request: Request, unit: str) -> Disclosed:
    """What came of all recommendations owned in `unit` and below it, by what they feed."""
    recommended = _recommended(request, unit)
    ended: list[Ended] = [
        {
            "feeds": code,
            "feeds_words": label(request, "recommendation_feeds", code),
            **together(row for row in recommended if row["feeds"] == code),
        }
        for code in kinds(request, "recommendation_feeds", {row["feeds"] for row in recommended})
    ]
    return request.disclose(
        rows.table(Ended, ended),
        title=_ends_title(ended),
        subtitle=f"{names.unit(request.catalogue, unit)}, by what they feed, all that are known as"
        f" at {day_words(request.as_at)}",
        query="recommendation_ends",
        unit=unit,
    )


def _recommended(request: Request, unit: str) -> list[Recommended]:
    return rows_below(request, unit, rows.typed(Recommended, request.run("recommendation_ends")))


def together(ends: Iterable[Ends]) -> Ends:
    """All of them together."""
    total: Ends = {"n": 0, "in_time": 0, "late": 0, "overdue": 0, "open": 0}
    for row in ends:
        total["n"] += row["n"]
        total["in_time"] += row["in_time"]
        total["late"] += row["late"]
        total["overdue"] += row["overdue"]
        total["open"] += row["open"]
    return total


def by_end(row: Ends) -> dict[str, int]:
    """How many came to each of ENDS, in their order."""
    return {
        "in_time": row["in_time"],
        "late": row["late"],
        "overdue": row["overdue"],
        "open": row["open"],
    }


def _ends_title(ended: list[Ended]) -> str:
    """'391 of 439 recommendations are closed, 60 of them late; 13 are overdue, most to policy'."""
    total = together(ended)
    if not total["n"]:
        return "No recommendation is known here"
    closed = total["in_time"] + total["late"]
    said = (
        f"{closed:,} of {counted('recommendation', total['n'])} "
        f"{'is' if closed == 1 else 'are'} closed, {total['late']:,} of them late"
    )
    if not total["overdue"]:
        return f"{said}; none is overdue"
    most = max(row["overdue"] for row in ended)
    first = [row["feeds_words"].lower() for row in ended if row["overdue"] == most]
    verb = "is" if total["overdue"] == 1 else "are"
    return f"{said}; {total['overdue']:,} {verb} overdue, most to {phrases.listed(first)} ({most})"


@kept(32)
def owners(request: Request, unit: str) -> Disclosed:
    """The same recommendations by the unit that owns them, in the organisation's order."""
    recommended = _recommended(request, unit)
    held = {row["unit_code"] for row in recommended}
    owned: list[Owned] = [
        {"unit_code": code, **together(row for row in recommended if row["unit_code"] == code)}
        for code in request.catalogue.units
        if code in held
    ]
    return request.disclose(
        rows.table(Owned, owned),
        title="Recommendations by owner",
        subtitle=names.unit(request.catalogue, unit),
        query="recommendation_ends",
        unit=unit,
    )
