"""Capacity beside demand, unit by unit: where a move would hurt least, and why.

The order is by how many of the SIGNS of pressure (signs.py) a unit shows. A sign that is not known
counts as one that speaks against: nobody can say that a move would not hurt there. No score is made
of them. The unit with the most open reports a filled post is never where a move would hurt least,
and a unit in an alert stands after all that are in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.decisions import moves
from dashboard.periods import day_words
from dashboard.reports.accountability import owed
from dashboard.reports.decisions import board
from dashboard.reports.measure import claims
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.strategy.signs import SIGNS, UNCOUNTED, Faults, Signed
from dashboard.reports.tasking import pressures
from dashboard.reports.tasking.pressures import Pressure
from dashboard.reports.unit import day
from dashboard.words import dates, numbers, phrases

NOTHING = f"none of the {len(SIGNS)} signs speaks against it"
OVER = "over its profile"
LIVE = ("open", "done")  # states of decisions whose moves stand


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


class Capacity(Signed):
    """An OCU: its reports, its people, and what speaks against a move from it."""

    unit_code: str
    unit_name: str
    place: int
    arrived: Annotated[int | None, UNCOUNTED]
    detected: Annotated[int | None, UNCOUNTED]
    no_crimed: Annotated[int | None, UNCOUNTED]
    filed: Annotated[int | None, UNCOUNTED]
    closed: Annotated[int | None, UNCOUNTED]  # detected, no-crimed and taken as filed
    over_91: Annotated[int | None, UNCOUNTED]
    median_days: Annotated[float | None, f"{UNCOUNTED}, or none is open"]
    per_post: Annotated[float | None, f"{UNCOUNTED}, or nobody is in post"]
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
    called: str  # in alert and over its profile, or below it; '' where neither
    strain: str  # its alerts, what it is over its profile by, that it has most open, in words
    place: Annotated[int | None, UNCOUNTED]  # in the order of where a move would hurt
    reason: str  # what speaks against a move from it


@kept(16)
def demand(request: Request) -> dict[str, Open]:
    """The rows of `open_reports` by unit."""
    return {row["unit_code"]: row for row in rows.typed(Open, request.run("open_reports"))}


def spare(request: Request) -> Disclosed:
    """What each unit has to spare: the rows of `pressures.pressure`, with open_now (reports open)
    and per_post (those a filled post), null where its work is not counted in reports; place and
    reason as `capacity` has them."""
    able = pressures.pressure(request)
    units = rows.typed(Pressure, able.rows)
    hurts = {row["unit_code"]: row for row in rows.typed(Capacity, capacity(request).rows)}
    over = {row["unit_code"] for row in pressures.over(units)}
    loads = [row["per_post"] for row in hurts.values() if row["per_post"] is not None]
    spares: list[Spare] = []
    for row in units:
        held = hurts.get(row["unit_code"])
        load = held["per_post"] if held else None
        most = load is not None and load == max(loads)
        spare: Spare = {
            **row,
            "open_now": held["open_now"] if held else None,
            "per_post": load,
            "called": OVER if row["unit_code"] in over else below_words(row),
            "strain": pressures.strain(row, most_words(load) if most and load else ""),
            "place": held["place"] if held else None,
            "reason": held["reason"] if held else "",
        }
        spares.append(spare)
    return replace(able, rows=rows.table(Spare, spares))


def below_words(row: Pressure) -> str:
    """'£3,680 below its profile, not tested'; '' of a unit that is not below it."""
    left = pressures.left(row)
    if left <= 0:
        return ""
    return f"{numbers.pounds(left)} below its profile, {pressures.alerted(row)}"


def most_words(load: float) -> str:
    return f"has the most open reports a filled post ({numbers.number(load, 1)})"


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
    capacities = [
        _row(request, known[code], able[code], lent[code], borrowed[code])
        for code in able
        if code in known
    ]
    _overdue(request, capacities)
    for row in capacities:
        _judge(row, capacities)
    hurts = order_of_hurt(capacities)
    capacities.sort(
        key=lambda row: (
            hurts[row["unit_code"]],
            order.unit_place(request.catalogue, row["unit_code"], ""),
        )
    )
    kept = sorted(set(hurts.values()))
    for row in capacities:
        row["place"] = kept.index(hurts[row["unit_code"]]) + 1
    return request.disclose(
        rows.table(Capacity, capacities),
        title=_title(capacities),
        subtitle=_subtitle(request, known.values(), able.values()),
        notes=NOTES,
        query="open_reports",
    )


NOTES = (
    "Open: neither detected nor no-crimed, and not yet taken as filed, by the rule of reports that "
    "nobody updates.",
    f"Ordered by how many of {len(SIGNS)} signs of pressure a unit shows: "
    f"{', '.join(SIGNS)}. One that is not known [x] counts against; the unit with the most open "
    "reports a filled post is never the first, and one in an alert stands after those in none.",
    "[x] Abstraction (aid, court, training): no extract tells of it; decisions say who is lent.",
)


def _moved(request: Request) -> tuple[Counter[str], Counter[str]]:
    """Officers lent and borrowed by each OCU, by the decisions that stand at the meeting."""
    lent, borrowed = Counter[str](), Counter[str]()
    held = board.book_of(request)
    for row in held.rows(head for head in held.heads if head.state in LIVE):
        for move in moves.kept_moves(row["moves"]):
            lent[request.catalogue.ocu_of(move.giver)] += move.officers
            borrowed[request.catalogue.ocu_of(move.taker)] += move.officers
    return lent, borrowed


def _row(request: Request, demand: Open, able: Pressure, lent: int, borrowed: int) -> Capacity:
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
        **_faults(request, able["unit_code"]),
        "unusual": _unusual(request, able["unit_code"]),
        "decisions_over": 0,
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


def _faults(request: Request, unit: str) -> Faults:
    """How the stock of open faults of the unit's reports has gone, by its own claim."""
    none: Faults = {"faults": None, "faults_before": None, "faults_rise": None}
    track = tracks(request, unit).get(request.stock_of_faults or "")
    if track is None or track.place != "unit":
        return none
    claim = claims.claim(track)
    if claim.kind not in claims.OF_STOCK:
        return none
    rise = track.variation.startswith("concern")
    return {"faults": claim.value, "faults_before": claim.began, "faults_rise": rise}


def _unusual(request: Request, unit: str) -> str | None:
    """The kinds of report that came in more than in any week before; None where none is by day."""
    if day.why_no_day(request, unit):
        return None
    kinds = day.kinds(request, unit)
    more = [row for row in kinds if row["unusual"] in ("first", "most")]
    return "; ".join(
        f"{phrases.inside(row['name'])} {row['in_week']} in the week, {day.WORDS[row['unusual']]}"
        for row in more
    )


def _overdue(request: Request, capacities: list[Capacity]) -> None:
    """Writes into the rows how many decisions of each unit are overdue."""
    late = Counter(
        request.catalogue.ocu_of(row["unit_code"] or "")
        for row in owed.written(request, request.as_at)
        if row["item"] == "decision"
    )
    for row in capacities:
        row["decisions_over"] = late[row["unit_code"]]


def _judge(row: Capacity, every: list[Capacity]) -> None:
    """Writes into a row what speaks against a move, and what nobody can tell."""
    signs = [sign(row, every) for sign in SIGNS.values()]
    against = [words for speaks, words in signs if speaks]
    unknown = [words for speaks, words in signs if speaks is None]
    # One source that is not loaded may leave several signs unknown.
    speaks, not_known = phrases.listed(against), phrases.listed([*dict.fromkeys(unknown)])
    said = [f"against it: {speaks}"] if against else []
    said += [f"not known {numbers.MISSING}: {not_known}"] if unknown else []
    row["against"], row["unknown"] = len(against), len(unknown)
    row["speaks"], row["not_known"] = speaks, not_known
    row["reason"] = phrases.sentence("; ".join(said) or NOTHING)


def order_of_hurt(capacities: list[Capacity]) -> dict[str, tuple[bool, int, int]]:
    """What each unit is placed by, the least first: whether an alert stands, then its signs. What
    is not known may be a sign as well; of as many, those that are known weigh more. Who has the
    most open reports a filled post comes after another at least."""
    weighs = {
        row["unit_code"]: (bool(row["alerts"]), row["against"] + row["unknown"], row["against"])
        for row in capacities
    }
    loaded = [
        (row["per_post"], row["unit_code"]) for row in capacities if row["per_post"] is not None
    ]
    most = max(loaded)[1] if loaded else ""
    if most and (calm := [key for code, key in weighs.items() if code != most and not key[0]]):
        alert, signs, against = min(calm)
        weighs[most] = max(weighs[most], (alert, signs, against + 1))
    return weighs


def _title(capacities: list[Capacity]) -> str:
    """'A move would hurt least at OCU3 and OCU9: none of 11 signs of pressure'; that nothing speaks
    against it only where each sign is known: 'Fewest signs of pressure: OCU8, 1 of 11 (1
    alert)'."""
    if not any(row["posts"] or row["open_now"] is not None for row in capacities):
        return "Neither posts nor reports are loaded: nothing tells where a move would hurt"
    first = [row for row in capacities if row["place"] == 1]
    least, of = first[0], len(SIGNS)
    where = phrases.listed_first([row["unit_code"] for row in first])
    if not least["against"] and not least["unknown"]:
        return f"A move would hurt least at {where}: none of {of} signs of pressure"
    fewer = min(row["against"] + row["unknown"] for row in capacities)
    among = " where no alert stands" * (least["against"] + least["unknown"] > fewer)
    said = f"Fewest signs of pressure{among}: {where}, {least['against'] or 'none'} of {of}"
    said += f" ({least['speaks']})" if least["against"] and len(first) == 1 else ""
    return f"{said}; of {least['unknown']} nothing is known" if least["unknown"] else said


def _subtitle(request: Request, demand: Iterable[Open], able: Iterable[Pressure]) -> str:
    since = next((row["since"] for row in demand), None)
    months = [row["strength_month"] for row in able]
    month = max((day for day in months if day), default=None)
    said = [f"reports from {day_words(since)} up to {day_words(request.as_at)}"] if since else []
    said += [f"posts and sickness of {dates.period(month, 'month')}"] if month else []
    return "; ".join(said)
