"""Capacity beside demand, unit by unit: where a move would hurt least, and why.

The order is by how many of the SIGNS of pressure a unit shows. A sign that is not known counts as
one that speaks against: nobody can say that a move would not hurt there. No score is made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.decisions import moves
from dashboard.periods import day_words
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.tasking import pressures
from dashboard.reports.tasking.pressures import UNLOADED, Pressure
from dashboard.stats.two_period import change
from dashboard.words import dates, numbers, phrases

NOTHING = "nothing that is known speaks against it"
OVER, ROOM = "over its profile", "with room"
LIVE = ("open", "done")  # states of decisions whose moves stand
UNCOUNTED = "null: its work is not counted in reports"


class Open(TypedDict):
    """A row of the query open_reports: reports open a year before, come and closed since, open."""

    unit_code: str
    since: date
    open_before: Annotated[int | None, UNCOUNTED]
    arrived: Annotated[int | None, UNCOUNTED]
    detected: Annotated[int | None, UNCOUNTED]
    no_crimed: Annotated[int | None, UNCOUNTED]
    filed: Annotated[int | None, UNCOUNTED]
    open_now: Annotated[int | None, UNCOUNTED]
    over_28: Annotated[int | None, UNCOUNTED]
    over_91: Annotated[int | None, UNCOUNTED]
    median_days: Annotated[float | None, f"{UNCOUNTED}, or none is open"]


class Capacity(TypedDict):
    """An OCU: its reports, its people, and what speaks against a move from it."""

    unit_code: str
    unit_name: str
    place: int
    open_before: Annotated[int | None, UNCOUNTED]
    arrived: Annotated[int | None, UNCOUNTED]
    detected: Annotated[int | None, UNCOUNTED]
    no_crimed: Annotated[int | None, UNCOUNTED]
    filed: Annotated[int | None, UNCOUNTED]
    open_now: Annotated[int | None, UNCOUNTED]
    closed: Annotated[int | None, UNCOUNTED]  # detected, no-crimed and taken as filed
    over_28: Annotated[int | None, UNCOUNTED]
    over_91: Annotated[int | None, UNCOUNTED]
    median_days: Annotated[float | None, f"{UNCOUNTED}, or none is open"]
    per_post: Annotated[float | None, f"{UNCOUNTED}, or nobody is in post"]
    posts: Annotated[int | None, UNLOADED]
    in_post: Annotated[int | None, UNLOADED]
    vacant: Annotated[int | None, UNLOADED]
    alerts: Annotated[int | None, pressures.UNTESTED]
    overtime: Annotated[float | None, f"{UNLOADED}, or too early in the year"]  # of its profile
    sickness_days: Annotated[float | None, UNLOADED]
    sickness_a_post: Annotated[float | None, UNLOADED]
    lent: int
    borrowed: int
    abstracted: Annotated[int | None, "null: no extract tells of it"]
    against: int
    unknown: int
    speaks: str
    not_known: str
    reason: str


class Spare(Pressure):
    """What a unit has to spare, beside its open reports."""

    open_now: Annotated[int | None, UNCOUNTED]
    per_post: Annotated[float | None, f"{UNCOUNTED}, or nobody is in post"]
    called: str  # how the title names it, '' where it does not
    strain: str  # its alerts and what it is over its profile by, in words


@kept(16)
def demand(request: Request) -> dict[str, Open]:
    """The rows of `open_reports` by unit."""
    return {row["unit_code"]: row for row in rows.typed(Open, request.run("open_reports"))}


def spare(request: Request) -> Disclosed:
    """What each unit has to spare: the rows of `pressures.pressure`, with open_now (reports open)
    and per_post (those a filled post), null where its work is not counted in reports."""
    able, open_ = pressures.pressure(request), demand(request)
    units = rows.typed(Pressure, able.rows)
    called = dict.fromkeys((row["unit_code"] for row in pressures.over(units)), OVER)
    called |= dict.fromkeys((row["unit_code"] for row in pressures.with_room(units)), ROOM)
    found: list[Spare] = []
    for row in units:
        held = open_.get(row["unit_code"])
        now = held["open_now"] if held else None
        spare: Spare = {
            **row,
            "open_now": now,
            "per_post": _a_post(now, row["in_post"]),
            "called": called.get(row["unit_code"], ""),
            "strain": pressures.strain(row),
        }
        found.append(spare)
    return replace(able, rows=rows.table(Spare, found))


def _a_post(n: float | None, filled: int | None) -> float | None:
    return n / filled if n is not None and filled else None


def capacity(request: Request) -> Disclosed:
    """One row an OCU of the directorate, where a move would hurt least first.

    open_before …  reports open twelve months before the as-at, come and closed since, open now
    per_post       open reports a filled post; closed: detected, no-crimed and taken as filed
    lent, borrowed officers by decisions that stand; abstracted: None, as no extract tells of it
    against        signs of pressure that it shows; unknown: those that nobody can tell
    speaks, not_known, reason  in words: the ones, the others, both
    """
    known = demand(request)
    pressed = rows.typed(Pressure, pressures.pressure(request).rows)
    able = {row["unit_code"]: row for row in pressed}
    lent, borrowed = _moved(request)
    found = [
        _row(known[code], able[code], lent[code], borrowed[code]) for code in able if code in known
    ]
    for row in found:
        _judge(row, found)
    found.sort(
        key=lambda row: (_hurts(row), order.unit_place(request.catalogue, row["unit_code"], ""))
    )
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_hurts, found)), 1)}
    for row in found:
        row["place"] = places[_hurts(row)]
    return request.disclose(
        rows.table(Capacity, found),
        title=_title(found),
        subtitle=_subtitle(request, known.values(), able.values()),
        notes=NOTES,
        query="open_reports",
    )


NOTES = (
    "Open: neither detected nor no-crimed, and not yet taken as filed, by the rule of reports that "
    "nobody updates.",
    "Ordered by the signs of pressure that a unit shows; one that is not known [x] counts against.",
    "[x] Abstraction (aid, court, training): no extract tells of it; decisions say who is lent.",
)


def _moved(request: Request) -> tuple[Counter[str], Counter[str]]:
    """Officers lent and borrowed by each OCU, by the decisions that stand at the meeting."""
    lent, borrowed = Counter[str](), Counter[str]()
    held = board.known(request)
    for row in held.rows(head for head in held.heads if head.state in LIVE):
        for move in moves.read(row["moves"]):
            lent[request.catalogue.ocu_of(move.giver)] += move.officers
            borrowed[request.catalogue.ocu_of(move.taker)] += move.officers
    return lent, borrowed


def _row(demand: Open, able: Pressure, lent: int, borrowed: int) -> Capacity:
    """A unit that is not yet judged, as that takes all of them."""
    closing = [demand["detected"], demand["no_crimed"], demand["filed"]]
    closed = [n for n in closing if n is not None]
    return {
        "unit_code": able["unit_code"],
        "unit_name": able["unit_name"],
        "place": 0,
        "open_before": demand["open_before"],
        "arrived": demand["arrived"],
        "detected": demand["detected"],
        "no_crimed": demand["no_crimed"],
        "filed": demand["filed"],
        "open_now": demand["open_now"],
        "closed": sum(closed) if len(closed) == len(closing) else None,
        "over_28": demand["over_28"],
        "over_91": demand["over_91"],
        "median_days": demand["median_days"],
        "per_post": _a_post(demand["open_now"], able["in_post"]),
        "posts": able["posts"],
        "in_post": able["in_post"],
        "vacant": able["vacant"],
        "alerts": able["alerts"],
        "overtime": able["overtime"],
        "sickness_days": able["sickness_days"],
        "sickness_a_post": _a_post(able["sickness_days"], able["in_post"]),
        "lent": lent,
        "borrowed": borrowed,
        "abstracted": None,
        "against": 0,
        "unknown": 0,
        "speaks": "",
        "not_known": "",
        "reason": "",
    }


# What a sign finds: whether it speaks against a move (None: not known), and the words for it.
Found = tuple[bool | None, str]


def alerts(row: Capacity, _every: list[Capacity]) -> Found:
    """An alert of the meeting stands."""
    if row["alerts"] is None:
        return None, "nothing of it is tested for alerts"
    return row["alerts"] > 0, f"{row['alerts']} alert{'' if row['alerts'] == 1 else 's'}"


def backlog(row: Capacity, _every: list[Capacity]) -> Found:
    """More reports are open than a year ago, by more than chance."""
    if row["open_now"] is None or row["open_before"] is None:
        return None, "its work is not counted in reports"
    grown = change(row["open_now"], row["open_before"]).low > 1
    return grown, f"{row['open_now']:,} open reports, {row['open_before']:,} a year ago"


def overtime(row: Capacity, _every: list[Capacity]) -> Found:
    """Overtime is over its profile."""
    if row["overtime"] is None:
        return None, "its overtime against profile is not known"
    return row["overtime"] > 1, f"overtime {numbers.share(row['overtime'])} of profile"


def vacancies(row: Capacity, every: list[Capacity]) -> Found:
    """A larger share of its posts is empty than of all."""
    if row["vacant"] is None or not row["posts"]:
        return None, "its posts are not known"
    known = [other for other in every if other["vacant"] is not None]
    empty = sum(other["vacant"] or 0 for other in known)
    whole = empty / sum(other["posts"] or 0 for other in known)
    said = numbers.rate(row["vacant"], row["posts"])
    return row["vacant"] / row["posts"] > whole, f"{said} posts vacant"


def sickness(row: Capacity, every: list[Capacity]) -> Found:
    """More days are lost to sickness a filled post than in the others, by more than chance."""
    others = [other for other in every if other["sickness_a_post"] is not None and other is not row]
    if row["sickness_a_post"] is None or not others:
        return None, "its sickness is not known"
    # Who has a figure a filled post has both its parts.
    found = change(
        round(row["sickness_days"] or 0),
        round(sum(other["sickness_days"] or 0 for other in others)),
        row["in_post"] or 0,
        sum(other["in_post"] or 0 for other in others),
    )
    return found.low > 1, f"{row['sickness_a_post']:.2f} days of sickness a filled post"


def lending(row: Capacity, _every: list[Capacity]) -> Found:
    """It lends more officers by decisions that stand than it borrows."""
    away = row["lent"] - row["borrowed"]
    return away > 0, f"{away} officer{'' if away == 1 else 's'} lent already"


SIGNS: tuple[Callable[[Capacity, list[Capacity]], Found], ...] = (
    *(alerts, backlog, overtime, vacancies, sickness, lending),
)


def _judge(row: Capacity, every: list[Capacity]) -> None:
    """Writes into a row what speaks against a move, and what nobody can tell."""
    found = [sign(row, every) for sign in SIGNS]
    against = [words for speaks, words in found if speaks]
    unknown = [words for speaks, words in found if speaks is None]
    speaks, not_known = phrases.listed(against), phrases.listed(unknown)
    said = [f"against it: {speaks}"] if against else []
    said += [f"not known {numbers.MISSING}: {not_known}"] if unknown else []
    row["against"], row["unknown"] = len(against), len(unknown)
    row["speaks"], row["not_known"] = speaks, not_known
    row["reason"] = phrases.sentence("; ".join(said) or NOTHING)


def _hurts(row: Capacity) -> tuple[int, int]:
    """What is not known may be a sign as well; of as many, those that are known weigh more."""
    return row["against"] + row["unknown"], row["against"]


def _title(found: list[Capacity]) -> str:
    """'A move would hurt least at OCU3 and OCU9: none of 6 signs of pressure'."""
    if not any(row["posts"] or row["open_now"] is not None for row in found):
        return "Neither posts nor reports are loaded: nothing tells where a move would hurt"
    first = [row for row in found if row["place"] == 1]
    least = first[0]
    said = f"{least['against'] or 'none'} of {len(SIGNS)} signs of pressure"
    said += f", {least['unknown']} not known" if least["unknown"] else ""
    where = phrases.listed_first([row["unit_code"] for row in first])
    return f"A move would hurt least at {where}: {said}"


def _subtitle(request: Request, demand: Iterable[Open], able: Iterable[Pressure]) -> str:
    since = next((row["since"] for row in demand), None)
    months = [row["strength_month"] for row in able]
    month = max((day for day in months if day), default=None)
    said = [f"reports from {day_words(since)} up to {day_words(request.as_at)}"] if since else []
    said += [f"posts and sickness of {dates.period(month, 'month')}"] if month else []
    return "; ".join(said)
