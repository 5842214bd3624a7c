"""Open faults on crime reports: by kind and by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.errors import NotFoundError
from dashboard.periods import day_words
from dashboard.reports.measure.fault_counts import tied
from dashboard.reports.request import Request
from dashboard.reports.request.accounts import unasked, unasked_notes
from dashboard.reports.request.kept import kept
from dashboard.snapshots import editions
from dashboard.words import names, numbers

BRIEF = ("name", "n", "looked_at", "share", "trend", "oldest_days")  # where there is little room
ALL = "all"  # kinds of fault together
NONE_OPEN = "null: none is open"


class Kind(TypedDict):
    """A kind of fault in a unit: open now, of how many looked at, and at each as-at."""

    fault: str
    name: str
    why: str
    n: int
    looked_at: int
    as_at_before: Annotated[int | None, "null: no as-at before holds faults"]
    oldest_days: Annotated[int | None, NONE_OPEN]
    share: Annotated[float | None, "null: none was looked at"]
    oldest_since: Annotated[date | None, NONE_OPEN]
    trend: list[int]  # open at each of `as_ats`
    as_ats: list[date]


class OfUnit(TypedDict):
    """Open faults of a kind in a unit, or of ALL kinds."""

    unit_code: str
    fault: str
    n: int
    looked_at: Annotated[int | None, "null: of all kinds together"]


class Fault(TypedDict):
    """A row of the query quality_faults."""

    unit_code: str
    fault: str
    name: str
    why: str
    n: int
    looked_at: int
    oldest_since: Annotated[date | None, NONE_OPEN]


class Stood(TypedDict):
    """A row of the query fault_trend."""

    known_as_at: date
    ocu: str
    fault: str
    n: int


def without(request: Request) -> str:
    """Why this snapshot has no faults to show, in a sentence; '' where it has."""
    if not has_records(request):
        return "No crime reports are loaded: published counts have no records to be at fault."
    if "faults" not in request.snapshot.manifest["marts"]:
        return (
            "This snapshot was published before fault rules were run; publish the as-at "
            "again and they stand in it."
        )
    return ""


def has_records(request: Request) -> bool:
    """Whether the snapshot holds crime reports, not published counts alone."""
    return any(item["kind"] == "crimes" for item in request.snapshot.manifest["sources"])


def units(request: Request) -> list[str]:
    """What the page can be asked for: the directorate, its units with reports, others, all."""
    codes = {row["unit_code"] for row in _rows(request)} - {ours().force}
    own = [code for code in codes if code in _below(request, ours().directorate)]
    rest = sorted(codes - set(own))
    return [ours().directorate, *sorted(own, key=names.by_number), *rest, ours().force]


def rules(request: Request) -> dict[str, str]:
    """The kinds of fault of this snapshot, by rule, each in words."""
    return {row["fault"]: row["name"] for row in _rows(request)}


def unit_of(request: Request, asked: str | None) -> str:
    """The unit asked for, or the directorate; one below an OCU is shown as its OCU.

    raises  NotFoundError where the catalogue has no such unit
    """
    if asked is None:
        return ours().directorate
    if asked not in request.catalogue.units:
        raise NotFoundError("unit", asked, tuple(units(request)))
    listed = units(request)
    line = [asked, *request.catalogue.ancestors(asked)]
    return next((code for code in line if code in listed), ours().directorate)


def kinds(request: Request, unit: str) -> Disclosed:
    """The rows of `_kinds`, with how their number goes with those on other pages: what waits for an
    act is said to those alone who may open the records."""
    fault_kinds, told = _kinds(request, unit), tied(request, unit)
    return replace(fault_kinds, notes=(*fault_kinds.notes, told)) if told else fault_kinds


@kept(32)
def _kinds(request: Request, unit: str) -> Disclosed:
    """Every kind of fault in the unit: open, of how many looked at, from as-at to as-at, oldest.

    A report with two faults counts in both.
    """
    trends, as_ats = _trends(request, unit)
    known = [
        _kind(request, fault, unit_faults, trends.get(fault, []), as_ats)
        for fault, unit_faults in _by_fault(request, unit).items()
    ]
    known.sort(key=lambda row: (-row["n"], row["name"]))
    return request.disclose(
        rows.table(Kind, known),
        title=_headline(known, unit),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=(*_trend_notes(as_ats), *unasked_notes(request)),
        query="quality_faults",
        columns=BRIEF,
        unit=unit,
    )


def _rows(request: Request) -> list[Fault]:
    known = rows.typed(Fault, request.run("quality_faults"))
    return [row for row in known if row["fault"] not in unasked(request)]


def _below(request: Request, unit: str) -> set[str]:
    """The units that count in a unit: itself and all below it; of the force all there are."""
    all_units = request.catalogue.units
    return {
        code
        for code in all_units
        if unit in (ours().force, code) or unit in request.catalogue.ancestors(code)
    }


def _by_fault(request: Request, unit: str) -> dict[str, list[Fault]]:
    """Rows of quality_faults by rule: the one of the whole force, or those of the unit's parts."""
    own = {ours().force} if unit == ours().force else _below(request, unit)
    by_fault: dict[str, list[Fault]] = {}
    for row in _rows(request):
        if row["unit_code"] in own:
            by_fault.setdefault(row["fault"], []).append(row)
    return by_fault


def _kind(
    request: Request,
    fault: str,
    unit_faults: list[Fault],
    trend: list[int],
    as_ats: list[date],
) -> Kind:
    n, looked_at = (
        sum(row["n"] for row in unit_faults),
        sum(row["looked_at"] for row in unit_faults),
    )
    oldest = min((row["oldest_since"] for row in unit_faults if row["oldest_since"]), default=None)
    return {
        "fault": fault,
        "name": unit_faults[0]["name"],
        "why": unit_faults[0]["why"],
        "n": n,
        "looked_at": looked_at,
        "share": n / looked_at if looked_at else None,
        "as_at_before": trend[-2] if len(trend) > 1 else None,
        "oldest_since": oldest,
        "oldest_days": (request.as_at - oldest).days if oldest else None,
        "trend": trend,
        "as_ats": as_ats,
    }


def _trends(request: Request, unit: str) -> tuple[dict[str, list[int]], list[date]]:
    """Open faults by rule at each as-at up to this one whose snapshot holds them."""
    infos = editions.holding(editions.editions(request.listed, request.as_at), "faults")
    # The open snapshot stands for its as-at, whichever other was published after it.
    infos = (*(info for info in infos if info.as_at != request.as_at), request.snapshot)
    as_ats = [info.as_at for info in infos]
    own = _below(request, unit)
    sums: dict[str, dict[date, int]] = {}
    for row in rows.typed(Stood, editions.across(infos, "fault_trend", request.scope)):
        if unit == ours().force or row["ocu"] in own:
            at = sums.setdefault(row["fault"], {})
            at[row["known_as_at"]] = at.get(row["known_as_at"], 0) + row["n"]
    return {fault: [at.get(as_at, 0) for as_at in as_ats] for fault, at in sums.items()}, as_ats


def _trend_notes(as_ats: list[date]) -> tuple[str, ...]:
    counted = "A report with two faults counts under both."
    if len(as_ats) < 2:
        return (counted, "Trend [x]: this is the only as-at with faults in the data folder.")
    span = f"{day_words(as_ats[0])} to {day_words(as_ats[-1])}"
    return (counted, f"Trend: what stood open at {len(as_ats)} as-ats, {span}.")


def _headline(known: list[Kind], unit: str) -> str:
    total = sum(row["n"] for row in known)
    if not total:
        return f"No fault stands open on the crime reports of {unit}"
    rose = max(known, key=_rise)
    if _rise(rose) > 0:
        said = f"{inside(rose['name'])} rose most, {rose['trend'][0]:,} → {rose['trend'][-1]:,}"
    else:
        said = f"most of one kind: {inside(known[0]['name'])} ({known[0]['n']:,})"
    return f"{total:,} faults stand open on the crime reports of {unit}; {said}"


def _rise(row: Kind) -> int:
    """How many more stand open than at the first as-at known; 0 with one as-at."""
    return row["trend"][-1] - row["trend"][0] if row["trend"] else 0


def inside(words: str) -> str:
    return f"“{words[:1].lower()}{words[1:]}”"


@kept(8)
def by_unit(request: Request) -> Disclosed:
    """Open faults by unit and kind, with what each rule looked at there."""
    known: list[OfUnit] = [
        {
            "unit_code": row["unit_code"],
            "fault": row["fault"],
            "n": row["n"],
            "looked_at": row["looked_at"],
        }
        for row in _rows(request)
        if row["unit_code"] != ours().force
    ]
    order = units(request)
    known.sort(key=lambda row: order.index(row["unit_code"]))
    return request.disclose(
        rows.table(OfUnit, _with_all(known)),
        title=_most(known),
        subtitle=f"Open faults by investigating unit, as at {day_words(request.as_at)}",
        query="quality_faults",
    )


def _with_all(known: list[OfUnit]) -> list[OfUnit]:
    """The rows, before those of each unit one of all kinds together."""
    listed: list[OfUnit] = []
    for unit in dict.fromkeys(row["unit_code"] for row in known):
        own = [row for row in known if row["unit_code"] == unit]
        every = sum(row["n"] for row in own)
        listed += [{"unit_code": unit, "fault": ALL, "n": every, "looked_at": None}, *own]
    return listed


def _most(known: list[OfUnit]) -> str:
    sums: dict[str, int] = {}
    for row in known:
        sums[row["unit_code"]] = sums.get(row["unit_code"], 0) + row["n"]
    total = sum(sums.values())
    if not total:
        return "No unit has an open fault"
    unit = max(sums, key=lambda code: sums[code])
    share, parts = numbers.parted(sums[unit], total)
    said = f" ({share})" if parts else ""
    return f"{unit} holds {sums[unit]:,} of the {total:,} open faults of {ours().force}{said}"
