"""Rows of the accountability reports as cells of the page's tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.catalogue import order, ours
from dashboard.decisions.proposals import ACCEPTED
from dashboard.periods import next_start, period_start
from dashboard.reports import Request
from dashboard.reports.accountability.improvement import Area
from dashboard.reports.accountability.owed import Listed
from dashboard.reports.accountability.reviews import ENDS
from dashboard.reports.accountability.signatures import Signature
from dashboard.reports.accountability.targets import Proposed
from dashboard.reports.accountability.visits import Followed
from dashboard.reports.accountability.yields import Yield
from dashboard.reports.signing import returns
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import MISSING, Column, Html, join, link, small, stack, strong, tag
from dashboard.words import dates, numbers, phrases

OVERDUE = (
    Column("What"),
    Column("Unit", wrap=False),
    Column("Due", wrap=False),
    Column("Days over", "right"),
)
QUARTER = "quarter"  # in which a visit is owed
RECOMMENDATION = "recommendation"  # the address' word for the one that is asked for
OWES = (Column("What"), Column("Days over", "right"))
# The view in which a thing that is owed stands with its like.
SEEN_IN = {
    "recommendation": "reviews",
    "review": "reviews",
    "visit": "visits",
    "improvement": "improvement",
    "signature": "signing",
}
VISITS = (
    Column("Visit"),
    Column("Unit", wrap=False),
    Column("Planned", wrap=False),
    Column("Held, and actions", wrap=False),
    Column("Led by"),
    Column("Pack as at", wrap=False),
)
ENDED = ("Recommendations", *ENDS.values())
SIGNED = (
    Column("What"),
    Column("Signature"),
    Column("Signed"),
    Column("Due", wrap=False),
    Column("Reason"),
)
YIELDS = (
    Column("Review"),
    Column("Year", wrap=False),
    Column("Done of due", "right", wrap=False),
    Column("Recommendations", "right"),
    Column("They feed"),
    *(Column(words, "right") for words in ENDED[1:]),
)
TARGETS = (
    Column("Unit", wrap=False),
    Column("Target"),
    Column("Proposed"),
    Column("Now", wrap=False),
    Column("Stands"),
    Column("Rests on"),
)
AREAS = (
    Column("Criterion"),
    Column("Area for improvement"),
    Column("Score", "right", wrap=False),
    Column("Led by"),
    Column("Unit", wrap=False),
    Column("Due", wrap=False),
    Column("Status"),
)


def unit(request: Request, code: str | None) -> Html | str:
    """A unit's code as a link to its page, or to that of the OCU that it is a part of."""
    if code is None:
        return "–"
    ocu = request.catalogue.ocu_of(code)
    return link(address.link_to("ocu", unit=ocu), code) if _has_page(request, ocu) else code


def _has_page(request: Request, code: str) -> bool:
    return code in order.page_units(request.catalogue)


def overdue(request: Request, rows: Iterable[Listed]) -> list[list[Any]]:
    """A thing overdue a line."""
    return [
        [
            _owed(row),
            unit(request, row["unit_code"]),
            dates.day(row["due_on"], weekday=False),
            strong(f"{row['days_over']:,}"),
        ]
        for row in rows
    ]


def _owed(row: Listed) -> Html | str:
    """What is owed, as a link: a decision to its own page, all else to its kind's view of whose
    it is."""
    if row["decision_id"] is not None:
        to = address.link_to("decisions", decision=row["decision_id"])
    else:
        unit = row["unit_code"] or ours().directorate
        asked = {RECOMMENDATION: row.get("recommendation_ref")}
        to = address.link_to("accountability", unit=unit, view=SEEN_IN[row["item"]], **asked)
    return link(to, row["description"])


def owes(rows: Iterable[Listed], unit: str) -> list[list[Any]]:
    """The same where the unit is known: of what is below it whose it is."""
    return [
        [
            stack(_owed(row), small(_due(row, unit))),
            strong(f"{row['days_over']:,}"),
        ]
        for row in rows
    ]


def _due(row: Listed, unit: str) -> str:
    due = f"due {dates.day(row['due_on'], weekday=False)}"
    return due if row["unit_code"] in (unit, None) else f"{row['unit_code']}, {due}"


def signatures(rows: Iterable[Signature]) -> list[list[Any]]:
    """A return or difference a line: how its signature stands, whose it is and since when."""
    return [
        [
            stack(strong(row["description"]), small(row["about"])),
            _signature(row),
            stack(dates.day(row["signed_on"], weekday=False), small(row["signed_by"]))
            if row["signed_on"]
            else "–",
            stack(dates.day(row["due_on"], weekday=False), over(row["days_over"])),
            small(row["reason"] or ""),
        ]
        for row in rows
    ]


def _signature(row: Signature) -> Html | str:
    """The words of a state; what is owed carries the mark that its figures carry."""
    if row["state"] in (returns.SIGNED, returns.BEFORE):
        return row["state_words"]
    return stack(strong(numbers.UNSIGNED), small(row["state_words"]))


def targets(request: Request, rows: Iterable[Proposed]) -> list[list[Any]]:
    """A proposed target a line: beside the one in force, how it stands and what it rests on."""
    return [
        [
            unit(request, row["unit_code"]),
            stack(strong(row["name"]), small(f"{row['year_words']}, {row['priority_words']}")),
            strong(row["target_words"]),
            row["now_words"] or "–",
            stack(row["state_words"], small(_decided(row))),
            stack(small(row["reason"]), small(row["proposed_by"])),
        ]
        for row in rows
    ]


def _decided(row: Proposed) -> str:
    """When the board decided, what it said, and whether the figures know it yet."""
    if row["decided_on"] is None:
        return ""
    said = [dates.day(row["decided_on"], weekday=False), row["decision"] or ""]
    if row["state"] == ACCEPTED:
        said.append("in these figures" if row["counts"] else "counts from the next publish")
    return "; ".join(filter(None, said))


def visits(request: Request, rows: Iterable[Followed], may_act: bool) -> list[list[Any]]:
    """A visit a line; one not held says for how many days it is overdue, one that was held what
    came of it."""
    return [
        [
            row["kind_words"],
            unit(request, row["unit_code"]),
            dates.day(row["planned_on"], weekday=False),
            stack(_held(row, request.as_at), _actions(row, may_act)),
            row["lead_post"] or MISSING,
            _pack(request, row),
        ]
        for row in rows
    ]


def _pack(request: Request, row: Followed) -> Html | str:
    """The way to the pack of the visit, as its figures were known when it was held."""
    day = row["pack_as_at"]
    if day is None:
        return MISSING
    unit = request.catalogue.ocu_of(row["unit_code"])
    words = dates.day(day, weekday=False)
    to = address.link_to(
        "reports", pack="unit", unit=unit, as_at=str(day), snapshot=None, view=None
    )
    way = link(to, words, label=f"Visit pack of {unit} as at {words}")
    # A branch has no pack of its own: the line says whose its link opens. In one line, so that the
    # links of two rows are 24 pixels apart.
    return way if unit == row["unit_code"] else join([way, small(f"pack of {unit}")])


def _actions(row: Followed, may_act: bool) -> Html | str:
    """How many actions came of a visit, and the way to raise one."""
    said = ""
    if row["actions"]:
        many = f"{row['actions']} action{'' if row['actions'] == 1 else 's'}"
        said = f"{many}, {row['actions_open'] or 'none'} open"
    if not may_act or row["held_on"] is None:
        return said
    to = address.link_to("decisions", **{"raise": "visit"}, visit=row["visit_ref"], unit=None)
    about = f"Raise an action of visit {row['visit_ref']}"
    return stack(said, link(to, "Action", label=about)) if said else link(to, "Action", label=about)


def _held(row: Followed, as_at: date) -> Html | str:
    if row["held_on"]:
        days = (row["held_on"] - row["planned_on"]).days
        later = small(f"{phrases.many(days, 'day')} after the plan") if days > 0 else None
        return stack(dates.day(row["held_on"], weekday=False), later)
    if row["days_over"] and next_start(period_start(row["planned_on"], QUARTER), QUARTER) > as_at:
        # What is owed is a visit in the quarter: within it a day has slipped, nothing is missed.
        late = phrases.many(row["days_over"], "day")
        return stack(f"{late} over", small("still in its quarter"))
    return over(row["days_over"]) or "–"


def over(days: int | None) -> Html | str:
    """'! 37 days over'; '' where nothing is."""
    if not days:
        return ""
    shape = tag("span", "!", aria_hidden="true")
    return tag("span", shape, f" {phrases.many(days, 'day')} over", class_="st bad")


def count(n: int) -> Html | str:
    return strong(f"{n:,}") if n else "0"


def yields(rows: Iterable[Yield]) -> list[list[Any]]:
    """A kind of review in a year a line: how many, what they feed and what came of it."""
    return [
        [
            row["kind_words"],
            row["year_words"],
            numbers.rate(row["done"], row["due"]),
            numbers.number(row["n"]),
            small(row["feeds_words"]),
            numbers.number(row["in_time"]),
            numbers.number(row["late"]),
            count(row["overdue"]),
            numbers.number(row["open"]),
        ]
        for row in rows
    ]


def areas(request: Request, rows: Iterable[Area]) -> list[list[Any]]:
    """An area a line, under its criterion; a criterion without any says so."""
    return [
        [
            row["criterion_words"],
            row["title"] or small("no area"),
            _score(row),
            row["lead_post"] or "",
            unit(request, row["unit_code"]) if row["title"] else "",
            dates.day(row["due_on"], weekday=False) if row["due_on"] else "",
            stack(row["status_words"] or "", over(row["days_over"])),
        ]
        for row in rows
    ]


def _score(row: Area) -> str:
    if row["title"] is None:
        return ""
    if row["score"] is None:
        return MISSING
    first = row["first_score"]
    if first is None or len(row["scores"] or ()) < 2 or first == row["score"]:
        return f"{row['score']:g}"
    return f"{first:g} → {row['score']:g}"
