"""Capacity beside demand, unit by unit: where a move would hurt least, and why.

The order is by how many of the SIGNS of pressure a unit shows. A sign that is not known counts as
one that speaks against: nobody can say that a move would not hurt there. No score is made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.decisions import moves
from dashboard.periods import day_words
from dashboard.reports.decisions import board
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.reports.tasking import pressures
from dashboard.stats.two_period import change
from dashboard.words import dates, numbers, phrases

Row = dict[str, Any]
NOTHING = "nothing that is known speaks against it"
LIVE = ("open", "done")  # states of decisions whose moves stand
FLOW = ("open_before", "arrived", "detected", "no_crimed", "filed", "open_now")
AGES = ("over_28", "over_91")
COLUMNS = pa.schema(
    [
        ("unit_code", pa.string()),
        ("unit_name", pa.string()),
        ("place", pa.int64()),
        *((name, pa.int64()) for name in (*FLOW, "closed", *AGES)),
        *((name, pa.float64()) for name in ("median_days", "per_post")),
        *((name, pa.int64()) for name in ("posts", "in_post", "vacant", "alerts")),
        *((name, pa.float64()) for name in ("overtime", "sickness_days", "sickness_a_post")),
        *((name, pa.int64()) for name in ("lent", "borrowed", "abstracted")),
        *((name, pa.int64()) for name in ("against", "unknown")),
        *((name, pa.string()) for name in ("speaks", "not_known", "reason")),
    ]
)


@kept(16)
def demand(request: Request) -> dict[str, Row]:
    """The rows of `open_reports` by unit."""
    return {row["unit_code"]: row for row in request.run("open_reports").to_pylist()}


def spare(request: Request) -> Disclosed:
    """What each unit has to spare: the rows of `pressures.pressure`, with open_now (reports open)
    and per_post (those a filled post), null where its work is not counted in reports."""
    able, open_ = pressures.pressure(request), demand(request)
    rows = able.rows.to_pylist()
    now = [open_.get(row["unit_code"], {}).get("open_now") for row in rows]
    each = [n / row["in_post"] if n is not None and row["in_post"] else None
            for n, row in zip(now, rows, strict=True)]  # fmt: skip
    table = able.rows.append_column("open_now", pa.array(now, pa.int64()))
    return replace(able, rows=table.append_column("per_post", pa.array(each, pa.float64())))


def capacity(request: Request) -> Disclosed:
    """One row an OCU of the directorate, where a move would hurt least first.

    open_before …  reports open twelve months before the as-at, come and closed since, open now
    per_post       open reports a filled post; closed: detected, no-crimed and taken as filed
    lent, borrowed officers by decisions that stand; abstracted: None, as no extract tells of it
    against        signs of pressure that it shows; unknown: those that nobody can tell
    speaks, not_known, reason  in words: the ones, the others, both
    """
    known = demand(request)
    able = {row["unit_code"]: row for row in pressures.pressure(request).rows.to_pylist()}
    lent, borrowed = _moved(request)
    rows = [
        _row(known[code], able[code], lent[code], borrowed[code]) for code in able if code in known
    ]
    for row in rows:
        row |= _judged(row, rows)
    rows.sort(
        key=lambda row: (_hurts(row), order.unit_place(request.catalogue, row["unit_code"], ""))
    )
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_hurts, rows)), 1)}
    for row in rows:
        row["place"] = places[_hurts(row)]
    return request.disclose(
        pa.Table.from_pylist(rows, COLUMNS),
        title=_title(rows),
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


def _row(demand: Row, able: Row, lent: int, borrowed: int) -> Row:
    open_now, filled, sick = demand["open_now"], able["in_post"], able["sickness_days"]
    closing = [demand[name] for name in ("detected", "no_crimed", "filed")]
    return {
        **{name: demand[name] for name in (*FLOW, *AGES, "median_days")},
        **{name: able[name] for name in ("unit_code", "unit_name", "posts", "in_post", "vacant")},
        "closed": None if None in closing else sum(closing),
        "per_post": open_now / filled if open_now is not None and filled else None,
        "alerts": able["alerts"],
        "overtime": able["overtime"],
        "sickness_days": sick,
        "sickness_a_post": sick / filled if sick is not None and filled else None,
        "lent": lent,
        "borrowed": borrowed,
        "abstracted": None,
    }


# What a sign finds: whether it speaks against a move (None: not known), and the words for it.
Found = tuple[bool | None, str]


def alerts(row: Row, _rows: list[Row]) -> Found:
    """An alert of the meeting stands."""
    if row["alerts"] is None:
        return None, "nothing of it is tested for alerts"
    return row["alerts"] > 0, f"{row['alerts']} alert{'' if row['alerts'] == 1 else 's'}"


def backlog(row: Row, _rows: list[Row]) -> Found:
    """More reports are open than a year ago, by more than chance."""
    if row["open_now"] is None:
        return None, "its work is not counted in reports"
    grown = change(row["open_now"], row["open_before"]).low > 1
    return grown, f"{row['open_now']:,} open reports, {row['open_before']:,} a year ago"


def overtime(row: Row, _rows: list[Row]) -> Found:
    """Overtime is over its profile."""
    if row["overtime"] is None:
        return None, "its overtime against profile is not known"
    return row["overtime"] > 1, f"overtime {numbers.share(row['overtime'])} of profile"


def vacancies(row: Row, rows: list[Row]) -> Found:
    """A larger share of its posts is empty than of all."""
    if row["vacant"] is None or not row["posts"]:
        return None, "its posts are not known"
    known = [other for other in rows if other["vacant"] is not None]
    whole = sum(other["vacant"] for other in known) / sum(other["posts"] for other in known)
    said = numbers.rate(row["vacant"], row["posts"])
    return row["vacant"] / row["posts"] > whole, f"{said} posts vacant"


def sickness(row: Row, rows: list[Row]) -> Found:
    """More days are lost to sickness a filled post than in the others, by more than chance."""
    others = [other for other in rows if other["sickness_a_post"] is not None and other is not row]
    if row["sickness_a_post"] is None or not others:
        return None, "its sickness is not known"
    found = change(
        round(row["sickness_days"]),
        round(sum(other["sickness_days"] for other in others)),
        row["in_post"],
        sum(other["in_post"] for other in others),
    )
    return found.low > 1, f"{row['sickness_a_post']:.2f} days of sickness a filled post"


def lending(row: Row, _rows: list[Row]) -> Found:
    """It lends more officers by decisions that stand than it borrows."""
    away = row["lent"] - row["borrowed"]
    return away > 0, f"{away} officer{'' if away == 1 else 's'} lent already"


SIGNS: tuple[Callable[[Row, list[Row]], Found], ...] = (
    *(alerts, backlog, overtime, vacancies, sickness, lending),
)


def _judged(row: Row, rows: list[Row]) -> Row:
    found = [sign(row, rows) for sign in SIGNS]
    against = [words for speaks, words in found if speaks]
    unknown = [words for speaks, words in found if speaks is None]
    speaks, not_known = phrases.listed(against), phrases.listed(unknown)
    said = [f"against it: {speaks}"] if against else []
    said += [f"not known {numbers.MISSING}: {not_known}"] if unknown else []
    return {
        "against": len(against),
        "unknown": len(unknown),
        "speaks": speaks,
        "not_known": not_known,
        "reason": phrases.sentence("; ".join(said) or NOTHING),
    }


def _hurts(row: Row) -> tuple[int, int]:
    """What is not known may be a sign as well; of as many, those that are known weigh more."""
    return row["against"] + row["unknown"], row["against"]


def _title(rows: list[Row]) -> str:
    """'A move would hurt least at OCU3 and OCU9: none of 6 signs of pressure'."""
    if not any(row["posts"] or row["open_now"] is not None for row in rows):
        return "Neither posts nor reports are loaded: nothing tells where a move would hurt"
    first = [row for row in rows if row["place"] == 1]
    least = first[0]
    said = f"{least['against'] or 'none'} of {len(SIGNS)} signs of pressure"
    said += f", {least['unknown']} not known" if least["unknown"] else ""
    where = phrases.listed_first([row["unit_code"] for row in first])
    return f"A move would hurt least at {where}: {said}"


def _subtitle(request: Request, demand: Iterable[Row], able: Iterable[Row]) -> str:
    since = next((row["since"] for row in demand), None)
    month = max((row["strength_month"] for row in able if row["strength_month"]), default=None)
    said = [f"reports from {day_words(since)} up to {day_words(request.as_at)}"] if since else []
    said += [f"posts and sickness of {dates.period(month, 'month')}"] if month else []
    return "; ".join(said)
