"""The crime reports behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypedDict

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words, next_start
from dashboard.queries.counting import CRIMES, FAULTS, RETURNS
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.reports.request.paging import bounds, page_of, total_of
from dashboard.reports.unit.part import whose

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


class Behind(TypedDict):
    """A report behind a figure, as the page lists it."""

    crime_ref: str
    reported_on: date
    borough: str
    branch: Annotated[str | None, "null: of no branch"]
    weapon: Annotated[str | None, "null: not said"]
    status: str


class Faulty(TypedDict):
    """An open fault of a report, as the page lists it."""

    crime_ref: str
    name: str
    borough: str
    branch: Annotated[str | None, "null: of no branch"]
    open_since: date
    days_open: int


def behind_alert(
    request: Request, track: MeasureSeries, alert: Alert, page: int | None = 1
) -> Disclosed | None:
    """One page of the reports that an alert on the track's measure counts, newest first;
    all of them where `page` is None.

    None where `without` says why there are none to show.
    """
    if why_no_records(request, track) or of_faults(track):
        return None
    span = alert["window_since"], alert["window_until"]
    params = _page(track, alert["unit_code"], alert["borough"] or None, span, page)
    reports = request.run("records", **params)
    total = total_of(reports)
    of = f"{total:,}" if total == alert["now"] else f"{total:,} of {alert['now']:,} can be shown"
    title = f"Records behind the alert · {of}"
    subtitle = f"reported in {alert_words.window(alert)}"
    return _told(
        request,
        track,
        reports,
        params,
        title,
        subtitle,
        alert["borough_name"] or None,
        lambda: behind_alert(request, track, alert, None),
    )


def records_behind(
    request: Request,
    track: MeasureSeries,
    borough: str | None = None,
    page: int | None = 1,
    branch: str | None = None,
) -> Disclosed | None:
    """One page of the reports behind the year's figure, newest first; all of them where `page` is
    None.

    branch  whose alone, where it is one's

    None where there are none to show: published counts, returns, a unit whose records
    the role does not open. `without` says why.
    """
    if why_no_records(request, track):
        return None
    if of_faults(track):
        return faults(request, track, borough, page, branch)
    params = _page(track, track.unit, borough, _year(track), page) | {"branch": branch}
    reports = request.run("records", **params)
    title = f"Records{whose(branch)} behind · {total_of(reports):,}"
    area = request.catalogue.areas[borough].name if borough else None
    span = f"reported {track.words(track.year or track.points[-1:])}"
    subtitle = f"{span}{_in(request, borough)}"
    return _told(
        request,
        track,
        reports,
        params,
        title,
        subtitle,
        area,
        lambda: records_behind(request, track, borough, None, branch),
        branch,
    )


def _told(
    request: Request,
    track: MeasureSeries,
    reports: pa.Table,
    params: dict[str, Any],
    title: str,
    subtitle: str,
    area: str | None,
    every: Callable[[], Disclosed | None],
    branch: str | None = None,
) -> Disclosed:
    return request.disclose(
        reports,
        title=title,
        subtitle=subtitle,
        query="records",
        columns=BRIEF,
        params=params,
        measure=track.measure.id,
        unit=track.unit,
        borough=area,
        branch=branch,
        page_of=page_of(reports, every),
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
    request: Request,
    track: MeasureSeries,
    borough: str | None = None,
    page: int | None = 1,
    branch: str | None = None,
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
        "branch": branch,
        **bounds(page),
    }
    reports = request.run("faults", **params)
    total = total_of(reports)
    return request.disclose(
        reports,
        title=f"{request.measures[stock].name}{whose(branch)} · {total:,}",
        subtitle=f"as at {day_words(request.as_at)}, oldest first{_in(request, borough)}",
        query="faults",
        columns=FAULTY,
        params=params,
        page_of=page_of(reports, lambda: faults(request, track, borough, None, branch)),
        unit=track.unit,
        borough=borough,
        branch=branch,
    )


def _in(request: Request, borough: str | None) -> str:
    return f", {request.catalogue.areas[borough].name}" if borough else ""


def of_faults(track: MeasureSeries) -> bool:
    """Whether the records behind a track's figure are faults, each of a report."""
    return track.measure.fact == FAULTS


def why_no_records(request: Request, track: MeasureSeries) -> str:
    """Why a track has no records to show to the role, in a sentence; '' where it has some."""
    return recordless(track) or request.closed(track.unit)


def recordless(track: MeasureSeries) -> str:
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


def _year(track: MeasureSeries) -> tuple[date, date]:
    shown = track.year or track.points[-1:]
    return shown[0].start, next_start(shown[-1].start, track.grain)
