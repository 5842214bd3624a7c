"""The crime reports behind a figure, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import People
from dashboard.access.records import NEVER, PROTECTED, standing
from dashboard.periods import day_words, next_start
from dashboard.queries.counting import CRIMES, FAULTS, RETURNS
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.reports.request.paging import bounds, page_of, total_of
from dashboard.words import dates, numbers

FAULTY = (
    "crime_ref",
    "name",
    "branch",
    "borough",
    "open_since",
    "days_open",
)  # where there is little room
BRIEF = (
    "crime_ref",
    "reported_on",
    "offence",
    "borough",
    "branch",
    "weapon",
    "status",
)  # where there is little room
FIELDS = {
    "weapon": "Weapon",
    "premises": "Premises",
    "victim_kind": "Victim",
    "victim_age_band": "Age of victim",
}
MOST = 7  # groups of a mix that have a bar of their own; the rest are added up

MIX = pa.schema(
    [
        *((name, pa.string()) for name in ("field", "code", "label")),
        ("place", pa.int64()),
        *((name, pa.float64()) for name in ("n", "before")),
        *((name, pa.string()) for name in ("said", "before_said")),
    ]
)


def behind_alert(
    request: Request, track: MeasureSeries, alert: Alert, page: int | None = 1
) -> Disclosed | None:
    """One page of the reports that an alert on the track's measure counts, newest first;
    all of them where `page` is None.

    None where `without` says why there are none to show.
    """
    if without(request, track) or of_faults(track):
        return None
    span = alert["window_since"], alert["window_until"]
    params = _page(track, alert["unit_code"], alert["borough"] or None, span, page)
    rows = request.run("records", **params)
    total = total_of(rows)
    of = f"{total:,}" if total == alert["now"] else f"{total:,} of {alert['now']:,} can be shown"
    title = f"Records behind the alert · {of}"
    subtitle = f"reported in {alert_words.window(alert)}"
    return _told(
        request,
        track,
        rows,
        params,
        title,
        subtitle,
        alert["borough_name"] or None,
        lambda: behind_alert(request, track, alert, None),
    )


def behind(
    request: Request, track: MeasureSeries, borough: str | None = None, page: int | None = 1
) -> Disclosed | None:
    """One page of the reports behind the year's figure, newest first; all of them where `page` is
    None.

    None where there are none to show: published counts, returns, a unit whose records
    the role does not open. `without` says why.
    """
    if without(request, track):
        return None
    if of_faults(track):
        return faults(request, track, borough, page)
    params = _page(track, track.unit, borough, _year(track), page)
    rows = request.run("records", **params)
    title = f"Records behind · {total_of(rows):,}"
    subtitle = f"reported {track.words(track.year or track.points[-1:])}"
    area = request.catalogue.areas[borough].name if borough else None
    return _told(
        request,
        track,
        rows,
        params,
        title,
        subtitle,
        area,
        lambda: behind(request, track, borough, None),
    )


def _told(
    request: Request,
    track: MeasureSeries,
    rows: pa.Table,
    params: dict[str, Any],
    title: str,
    subtitle: str,
    area: str | None,
    every: Callable[[], Disclosed | None],
) -> Disclosed:
    return request.disclose(
        rows,
        title=title,
        subtitle=subtitle,
        query="records",
        columns=BRIEF,
        params=params,
        measure=track.measure.id,
        unit=track.unit,
        borough=area,
        page_of=page_of(rows, every),
    )


def _page(
    track: MeasureSeries, unit: str, borough: str | None, span: tuple[date, date], page: int | None
) -> dict[str, Any]:
    """Asks for a page of the track's records of a unit, reported in a span; `borough` as the query
    has it."""
    return {
        "measure": track.measure.id,
        "unit": unit,
        "borough": borough,
        "since": span[0],
        "until": span[1],
        **bounds(page),
    }


def faults(
    request: Request, track: MeasureSeries, borough: str | None = None, page: int | None = 1
) -> Disclosed | None:
    """One page of the unit's reports with a fault that the stock of faults counts, oldest first;
    all of them where `page` is None.

    None where the unit has no records that may be shown, or no measure counts faults.
    """
    stock = request.stock_of_faults
    if stock is None or track.place != "unit" or request.closed(track.unit):
        return None
    params = {
        "measure": stock,
        "unit": track.unit,
        "borough": borough,
        **bounds(page),
    }
    rows = request.run("faults", **params)
    total = total_of(rows)
    return request.disclose(
        rows,
        title=f"{request.measures[stock].name} · {total:,}",
        subtitle=f"as at {day_words(request.as_at)}, oldest first",
        query="faults",
        columns=FAULTY,
        params=params,
        page_of=page_of(rows, lambda: faults(request, track, borough, None)),
        unit=track.unit,
        borough=borough,
    )


def of_faults(track: MeasureSeries) -> bool:
    """Whether the records behind a track's figure are faults, each of a report."""
    return track.measure.fact == FAULTS


def without(request: Request, track: MeasureSeries) -> str:
    """Why a track has no records to show to the role, in a sentence; '' where it has some."""
    return _recordless(track) or request.closed(track.unit)


def _recordless(track: MeasureSeries) -> str:
    """Why no records stand behind a track's figure, whoever asks; '' where some do."""
    if track.place == "published":
        return "Published counts have no records behind them."
    if track.place == "force":
        return f"A figure of the whole force: no records of {track.unit} stand behind it."
    if track.measure.fact == RETURNS:
        return "This measure comes from returns, which have no records behind them."
    if track.measure.fact not in (CRIMES, FAULTS):
        return "This measure counts no crime reports: none stand behind it."
    return ""


def unmixed(request: Request, track: MeasureSeries) -> str:
    """Why nothing is told of what a track's reports are made of; '' where it may be."""
    never = standing(request.catalogue, track.unit) == NEVER
    return _recordless(track) or (request.closed(track.unit) if never else "")


def fields(request: Request, unit: str) -> list[str]:
    """By which of FIELDS the role may see what a unit's reports are made of."""
    return [name for name in FIELDS if name not in PROTECTED or not request.unshown(unit)]


def _year(track: MeasureSeries) -> tuple[date, date]:
    shown = track.year or track.points[-1:]
    return shown[0].start, next_start(shown[-1].start, track.grain)


def _before_note(track: MeasureSeries, since: date, until: date) -> str:
    """What the marks are; across a break that they are of another series."""
    if on := track.broken_between(since, until):
        return f"Orange mark: the year before, not comparable (break of {day_words(on)})."
    return "Orange mark: the year before."


def mix(
    request: Request, track: MeasureSeries, field: str, borough: str | None = None
) -> Disclosed | None:
    """The rows of dashboard.charts.bars: the last year's reports by one field, and the year
    before; None where there are no records. `field` is a key of FIELDS.

    raises  NotAllowedError for a field that `fields` does not give the role
    """
    if unmixed(request, track) or of_faults(track):
        return None
    until = next_start(track.points[-1].start, track.grain)
    since, before = (
        date(until.year - 1, until.month, 1),
        date(until.year - 2, until.month, 1),
    )
    params = {
        "measure": track.measure.id,
        "unit": track.unit,
        "borough": borough,
        "before": before,
        "since": since,
        "until": until,
    }
    rows = [row for row in request.run("mix", **params).to_pylist() if row["field"] == field]
    shown = _groups(request, field, rows)
    if not shown:
        return None
    return request.disclose(
        pa.Table.from_pylist(shown, MIX),
        title=_title(shown, field),
        subtitle=dates.span(since, track.points[-1].start, track.grain),
        notes=(_before_note(track, before, until),),
        query="mix",
        params=params,
        measure=track.measure.id,
        people=People(("n", "before"), unit=track.unit) if field in PROTECTED else People(()),
        unit=track.unit,
        borough=borough,
    )


def _groups(request: Request, field: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    labels = request.catalogue.values.get(field, {})
    rows = sorted(rows, key=lambda row: (row["code"] == "unknown", -row["n"]))
    kept, rest = rows[:MOST], rows[MOST:]
    if rest:
        kept.append(
            {
                "code": "the_rest",
                "n": sum(row["n"] for row in rest),
                "before": sum(row["before"] for row in rest),
            }
        )
    total = sum(row["n"] for row in kept) or 1
    words = labels | {"unknown": "Not known", "the_rest": "All others"}
    return [
        {
            "field": field,
            "code": row["code"],
            "label": words.get(row["code"], row["code"]),
            "place": place,
            "n": float(row["n"]),
            "before": float(row["before"]),
            "said": f"{row['n']:,.0f} · {100 * row['n'] / total:.0f} %",
            "before_said": f"{row['before']:,.0f}",
        }
        for place, row in enumerate(kept)
    ]


def _title(rows: list[dict[str, Any]], field: str) -> str:
    """A statement on the largest known group that is true of the rows."""
    known = [row for row in rows if row["code"] not in ("unknown", "the_rest")]
    total = sum(row["n"] for row in rows)
    if not known or not total:
        return f"{FIELDS[field]} not known"
    first = max(known, key=lambda row: row["n"])
    share = numbers.short(first["n"] / total, "percent", (first["n"], total))
    return f"{FIELDS[field]}: {first['label'].lower()} in {share}"
