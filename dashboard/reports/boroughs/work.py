"""What each OCU investigates in a borough, how it stands, and its part of the gun crime there.

The borough is where the offence was committed; who investigates stands beside it, by OCU.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import Area, ours
from dashboard.errors import NotFoundError
from dashboard.reports.boroughs import exposure
from dashboard.reports.boroughs import london as boroughs
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.spans import Choice, period, windows
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words.names import area_word

WORK = pa.schema(
    [
        *((name, pa.string()) for name in ("ocu", "name")),
        *((name, pa.int64()) for name in ("offences", "offences_before", "offences_london")),
        ("share", pa.float64()),
        *((name, pa.int64()) for name in ("detected", "detected_before", "gun", "gun_all")),
        *((name, pa.int64()) for name in ("unsolved", "idle")),
        ("unsolved_days", pa.float64()),
        ("attended", pa.int64()),
        ("attended_minutes", pa.float64()),
        ("attended_london", pa.int64()),
        ("attended_minutes_london", pa.float64()),
    ]
)


OF_THE_WHOLE = ("offences_london", "attended_london", "attended_minutes_london")


def area_of(request: Request, code: str | None) -> Area:
    """The area of a link.

    raises  NotFoundError for one that the catalogue has not, or that the force does not police
    """
    known = request.catalogue.areas
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
    """One row an investigating OCU in the organisation's order; see WORK.

    offences  reported in the span, no-crimes left out; before: the same months a year before
    detected  sanction detections dated in the span, whenever the offence was
    unsolved  offences of the span without a detection; idle: of them without update in 28 days
    """
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
    held = {row["ocu"]: row for row in request.run("borough_work", **params).to_pylist()}
    gun = sum(row["gun"] for row in held.values())
    units = request.catalogue.units
    codes = sorted(  # the directorate's own first, each part in the organisation's order
        (code for code in units if code in held),
        key=lambda code: ours().directorate not in request.catalogue.ancestors(code),
    )
    unseen = {} if request.whole else dict.fromkeys(OF_THE_WHOLE)
    rows = [_work_row(held[code] | unseen, units[code].name, gun) for code in codes]
    return request.disclose(
        pa.Table.from_pylist(rows, WORK),
        title=_work_title(request, rows, area),
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


def _work_row(row: dict[str, Any], name: str, gun: int) -> dict[str, Any]:
    london = row["offences_london"]
    return row | {
        "name": name,
        "share": row["offences"] / london if london else None,
        "gun_all": gun,
    }


def _work_title(request: Request, rows: list[dict[str, Any]], area: Area) -> str:
    """A statement true of the rows: the directorate's part of what is recorded here."""
    if not rows:
        return f"Who investigates in {area.name} is not known"
    own = [row for row in rows if ours().directorate in request.catalogue.ancestors(row["ocu"])]
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
    rows = work(request, borough, choice).rows.to_pylist()
    parts = {row["ocu"]: Part(row["gun"], row["gun_all"]) for row in rows if row["gun"]}
    return tuple(
        f"{boroughs.share(ocu, part, boroughs.GUN, where)}." for ocu, part in parts.items()
    )
