"""What each kind of review brought over the years: what its recommendations feed, what came of
them, and what is fed most again and again.

What a review was about is in no column of the extract: themes are told by what they feed alone.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, planning_year, planning_year_words
from dashboard.reports.accountability.outcomes import Ends, together
from dashboard.reports.accountability.reviews import Clocked, kinds
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import names, phrases

THEMED = "themed"
AGAIN = 3  # years in a row from which on what is fed most recurs: two in a row are soon chance


class Yield(TypedDict):
    """What a kind of review brought in a planning year, which starts in `year`."""

    kind: str
    kind_words: str
    year_words: str
    year: int
    due: int
    done: int
    n: int
    in_time: int
    late: int
    overdue: int
    open: int
    feeds_words: str
    most: str  # '' where two were fed as much, or nothing was
    most_words: str


class Fed(Ends):
    """A row of the query review_yield."""

    unit_code: str
    kind: str
    year: int
    feeds: str


@kept(32)
def yields(request: Request, unit: str) -> Disclosed:
    """A row for each kind of review and planning year in which some fell due, themed ones first,
    the latest year first.

    due, done    reviews; n and the ends: the recommendations that they made
    feeds_words  'Training 4, policy 2'
    most         what was fed most; '' where two were fed as much, or nothing was
    """
    told = rows_below(request, unit, rows.typed(Fed, request.run("review_yield")))
    clocked = rows_below(request, unit, rows.typed(Clocked, request.run("review_clock")))
    order = kinds(request, "review_kind", {row["kind"] for row in clocked})
    order.sort(key=lambda kind: kind != THEMED)
    yearly = [
        _row(request, kind, year, clocked, told)
        for kind in order
        for year in sorted({row["year"] for row in clocked if row["kind"] == kind}, reverse=True)
    ]
    return request.disclose(
        rows.table(Yield, yearly),
        title=_title(yearly),
        subtitle=f"{names.unit(request.catalogue, unit)}, by the planning year in which the review"
        f" fell due, as at {day_words(request.as_at)}",
        notes=("What a review was about is in no column of the extract [x]: themes are told by what"
               " their recommendations feed.",) if yearly else (),
        query="review_yield",
        unit=unit,
    )  # fmt: skip


def _row(request: Request, kind: str, year: int, clocked: list[Clocked], told: list[Fed]) -> Yield:
    own = [row for row in clocked if (row["kind"], row["year"]) == (kind, year)]
    made = [row for row in told if (row["kind"], row["year"]) == (kind, year)]
    fed: Counter[str] = Counter()
    for row in made:
        fed[row["feeds"]] += row["n"]
    words = {code: label(request, "recommendation_feeds", code) for code in fed}
    said = ", ".join(f"{words[code]} {n}" for code, n in sorted(fed.items(), key=_most))
    most = _only_most(fed)
    return {
        "kind": kind,
        "kind_words": label(request, "review_kind", kind),
        "year": year,
        "year_words": planning_year_words(_start(year)),
        "due": sum(review["due"] + review["open"] for review in own),
        "done": sum(review["kept"] + review["late"] for review in own),
        **together(made),
        "feeds_words": phrases.sentence(said.lower()),
        "most": most,
        "most_words": words.get(most, ""),
    }


def _start(year: int) -> date:
    return planning_year(year).since


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _only_most(fed: Counter[str]) -> str:
    """What was fed more than all else; '' where two were fed as much."""
    ranked = fed.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def recurring(every: list[Yield]) -> list[tuple[str, str, int]]:
    """(kind in words, what is fed in words, years): what was fed most in each of the latest years
    in a row, of which there are at least AGAIN. Years without a recommendation tell nothing."""
    runs = []
    for kind in dict.fromkeys(row["kind"] for row in every):
        told = [row for row in every if row["kind"] == kind and row["n"]]
        told.sort(key=lambda row: -row["year"])
        run = 0
        while run < len(told) and _goes_on(told[0], told[run], run):
            run += 1
        if run >= AGAIN:
            runs.append((told[0]["kind_words"], told[0]["most_words"], run))
    return runs


def _goes_on(first: Yield, row: Yield, years: int) -> bool:
    """Whether a year, so many before the first, feeds the same most."""
    return (
        bool(row["most"]) and row["most"] == first["most"] and row["year"] == first["year"] - years
    )


def _title(every: list[Yield]) -> str:
    """'Murder reviews fed training most 3 years in a row'; else what themed reviews made."""
    if not every:
        return "No review is known here"
    if again := recurring(every):
        said = [f"{kind.lower()}s fed {fed.lower()} most {n} years in a row"
                for kind, fed, n in again]  # fmt: skip
        return phrases.sentence(phrases.listed_first(said))
    never = f"no kind of review feeds the same most {AGAIN} years in a row"
    themed = [row for row in every if row["kind"] == THEMED]
    made, done = sum(row["n"] for row in themed), sum(row["done"] for row in themed)
    if not themed:
        return phrases.sentence(never)
    many = f"{done} themed review{'' if done == 1 else 's'}"
    return f"{many} made {made} recommendation{'' if made == 1 else 's'}; {never}"
