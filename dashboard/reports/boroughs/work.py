"""What each OCU investigates in a borough, how it stands, and its part of the gun crime there.

The borough is where the offence was committed; who investigates stands beside it, by OCU.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Area, ours
from dashboard.errors import NotFoundError
from dashboard.reports.boroughs import all_areas, exposure
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.spans import Choice, period, windows
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words.names import area_word

UNSEEN = "null: the whole is not seen"


class Known(TypedDict):
    """A row of the query borough_work: what an OCU investigates in a borough.

    offences  reported in the span, no-crimes left out; before: the same months a year before
    detected  sanction detections dated in the span, whenever the offence was
    unsolved  offences of the span without a detection; idle: of them without update in 28 days
    """

    ocu: str
    offences: int
    offences_before: int
    offences_london: Annotated[int | None, UNSEEN]
    detected: int
    detected_before: int
    gun: int
    unsolved: int
    idle: int
    unsolved_days: Annotated[float | None, "null: none is unsolved"]  # median age
    attended: int
    attended_minutes: Annotated[float | None, "null: no attendance is known"]  # median
    attended_london: Annotated[int | None, UNSEEN]
    attended_minutes_london: Annotated[float | None, f"{UNSEEN}, or not known"]


class Worked(Known):
    """The same with the OCU's name, and what it is a part of."""

    name: str
    share: Annotated[float | None, UNSEEN]  # of all the OCU's offences
    gun_all: int


def area_of(request: Request, code: str | None) -> Area:
    """The area of a link, by its code or its name.

    raises  NotFoundError for one that the catalogue has not, or that the force does not police
    """
    known = request.catalogue.areas
    named = {area.name.lower(): area.code for area in known.values()}
    code = named.get((code or "").lower(), code)
    if code not in known or known[code].kind == exposure.CITY:
        raise NotFoundError(area_word(), code or "", [a.name for a in known.values()])
    return known[code]


def months(request: Request, choice: Choice) -> tuple[date, date, date]:
    """The year before, the span and the day after it, of the span as records cover it.

    The span of the latest measure that is kept from records, else of the latest of all.
    """
    held = windows(request, Choice(choice.span, choice.against, None, choice.until))
    own = {row["measure"] for row in request.coverage_rows if row["source"] == "crimes"}
    spans = [spans[0] for name, spans in held.items() if name in own] or [
        spans[0] for spans in held.values()
    ]
    last = max(spans, key=lambda window: window.until, default=None)
    if last is None:
        raise NotFoundError(f"figure by {area_word()}", "any")
    return last.since.replace(year=last.since.year - 1), last.since, last.until


@kept(64)
def work(request: Request, borough: str, choice: Choice) -> Disclosed:
    """One row an investigating OCU in the organisation's order."""
    area, (_, since, until) = area_of(request, borough), months(request, choice)
    window = CountedSpan(since, until, False, {})
    before = since.replace(year=since.year - 1)
    ended = until.replace(year=until.year - 1)
    params = {
        "borough": borough,
        "before": before,
        "before_until": ended,
        "since": since,
        "until": until,
    }
    known = rows.typed(Known, request.run("borough_work", **params))
    held = {row["ocu"]: row for row in known}
    gun = sum(row["gun"] for row in held.values())
    units = request.catalogue.units
    codes = sorted(  # the directorate's own first, each part in the organisation's order
        (code for code in units if code in held),
        key=lambda code: ours().directorate not in request.catalogue.ancestors(code),
    )
    worked = [_worked(held[code], units[code].name, gun, whole=request.whole) for code in codes]
    return request.disclose(
        rows.table(Worked, worked),
        title=_work_title(request, worked, area),
        subtitle=period(window),
        notes=(
            "Outcomes: sanction detections made in the span, whenever the offence was reported.",
            "Unsolved: offences of the span without a detection at the as-at; idle: no update in"
            " 28 days. Before: the same months a year before.",
        ),
        query="borough_work",
        params=params,
        borough=area.name,
        span=choice.span,
    )


def _worked(row: Known, name: str, gun: int, *, whole: bool) -> Worked:
    """An OCU's row; without what only who sees the whole may see."""
    london = row["offences_london"] if whole else None
    return {
        **row,
        "offences_london": london,
        "attended_london": row["attended_london"] if whole else None,
        "attended_minutes_london": row["attended_minutes_london"] if whole else None,
        "name": name,
        "share": row["offences"] / london if london else None,
        "gun_all": gun,
    }


def _work_title(request: Request, worked: list[Worked], area: Area) -> str:
    """A statement true of the rows: the directorate's part of what is recorded here."""
    if not worked:
        return f"Who investigates in {area.name} is not known"
    own = [row for row in worked if ours().directorate in request.catalogue.ancestors(row["ocu"])]
    taken = sum(row["offences"] for row in own)
    count = sum(1 for row in own if row["offences"])
    if not count:
        return f"No {ours().directorate} unit took a report in {area.name}"
    units = (
        f"One {ours().directorate} unit" if count == 1 else f"{count} {ours().directorate} units"
    )
    return f"{units} took {taken:,} reports in {area.name}"


def unit_shares(request: Request, borough: str, choice: Choice) -> tuple[str, ...]:
    """Each OCU's part of the borough's gun-enabled crime, with both parts, as sentences."""
    where = f" in {area_of(request, borough).name}"
    worked = rows.typed(Worked, work(request, borough, choice).rows)
    parts = {row["ocu"]: Part(row["gun"], row["gun_all"]) for row in worked if row["gun"]}
    return tuple(
        f"{all_areas.share(ocu, part, all_areas.GUN, where)}." for ocu, part in parts.items()
    )
