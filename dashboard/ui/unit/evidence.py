"""What stands behind a figure of the unit: its records one by one, its branches, and its mix."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import rows
from dashboard.charts import bars, funnel
from dashboard.export.forms import office
from dashboard.periods import LONDON
from dashboard.reports import Request
from dashboard.reports.alerts import standing
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure import chart_rows
from dashboard.reports.measure.scopes import wider
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.unit import branches as branch_reports
from dashboard.reports.unit import (
    mixes,
    ocu,
    onlookers,
    part_known,
    records,
    unit_boroughs,
)
from dashboard.reports.unit.part import branch_of
from dashboard.ui.kit import paging
from dashboard.ui.kit.address import pick, state
from dashboard.ui.kit.section import (
    Grid,
    Picture,
    card,
    note,
    result,
    section,
    table,
)
from dashboard.ui.shell.incidents import guard
from dashboard.ui.unit import cells, part_cells
from dashboard.ui.unit.sections import (
    LIST_HEIGHT,
    LISTED,
    OF_ALERT,
    PART,
    alerted,
    boroughs,
    chart,
    of_all,
    onward,
)
from dashboard.words.names import area_word, whole_area
from dashboard.words.phrases import sentence


def behind(
    request: Request, track: MeasureSeries, borough: str | None, beyond: tuple[Alert, ...]
) -> None:
    """The records behind the figure, 50 a page, newest first; of faults the oldest first.

    Those of the first alert `beyond` where the address asks for them.
    """
    page = paging.asked()
    of_alert = _asks_for_alert(beyond)
    record_page = (
        records.behind_alert(request, track, beyond[0], page)
        if of_alert
        else records.records_behind(request, track, borough, page, _branch(request, track.unit))
    )
    if record_page is None:
        with card("records", "Records behind"):
            note(records.why_no_records(request, track))
            _listed_elsewhere(track)
        return
    faulty = records.of_faults(track)
    columns = cells.FAULTS if faulty else cells.RECORDS
    listed = (
        cells.faults(request, rows.typed(records.Faulty, record_page.rows))
        if faulty
        else cells.records(request, rows.typed(records.Behind, record_page.rows))
    )

    def tools() -> None:
        if of_alert:
            onward("ocu", "All of the year", unit=track.unit)
        paging.turns(
            record_page, page, ("‹ Older", "Newer ›") if faulty else ("‹ Newer", "Older ›")
        )
        oldest(request, track, borough)

    section(
        record_page,
        "records",
        lead=[f"{record_page.subtitle}."],
        grid=Grid(columns, listed, height=LIST_HEIGHT, cards=True),
        tools=tools,
        file=f"{track.measure.id}-records",
    )


def _asks_for_alert(beyond: tuple[Alert, ...]) -> bool:
    """Whether the address asks for the records of the alert alone."""
    return bool(state("of", None, [OF_ALERT] if beyond else []))


def _listed_elsewhere(track: MeasureSeries) -> None:
    """The way to the page that lists one by one what a measure without reports counts."""
    for fact in track.measure.sources:
        if fact in LISTED:
            page, words, view = LISTED[fact]
            unit = wider(track.measure) or track.unit
            onward(page, words, unit=unit, view=view, borough=None)
            return


def oldest(request: Request, track: MeasureSeries, borough: str | None) -> None:
    """The unit's oldest open quality faults, folded."""
    faults = records.faults(request, track, borough)  # the first page of them
    if faults is None or records.of_faults(track) or not faults.rows.num_rows:
        return
    with st.popover("Oldest faults", type="tertiary"):
        oldest_first = rows.typed(records.Faulty, faults.rows)
        shown = f", the first {len(oldest_first)} shown" if faults.page_of else ""
        note(f"{faults.title}; {faults.subtitle}{shown}.")
        table(cells.FAULTS, cells.faults(request, oldest_first), caption=faults.title, cards=True)


def looked(request: Request, unit: str) -> None:
    """Who looked at the records, for those whose own they are."""
    looks = onlookers.onlookers(request, unit, datetime.now(LONDON).date())
    if looks is None:
        return
    listed = cells.onlookers(rows.typed(onlookers.Looked, looks.rows), request.who)
    with card("onlookers", "Who looked at these records", looks.subtitle):
        note(f"{looks.title}.")
        if listed:
            table(cells.ONLOOKERS, listed, caption=looks.title)
        note(*(f"{sentence(words)}." for words in looks.plain_notes))


def _branch(request: Request, unit: str) -> str | None:
    """The branch that the address asks for."""
    return branch_of(request, st.query_params.get(PART), unit)


def part(request: Request, unit: str) -> None:
    """What is known of the part of the unit that the address asks for; nothing where it asks for
    none."""
    asked = st.query_params.get(PART)
    if asked is None or asked not in request.catalogue.descendants(unit):
        return
    disclosed = part_known.known(request, asked)
    listed = part_cells.known(rows.typed(part_known.Known, disclosed.rows), unit)
    grid = Grid(part_cells.KNOWN, listed, cards=True) if listed else None

    def tools() -> None:
        onward("ocu", f"All of {unit}", unit=unit)

    section(disclosed, "part", grid=grid, tools=tools, file=f"{asked}-known")


def branches(request: Request, track: MeasureSeries, borough: str | None) -> None:
    """The unit's parts against the limits for their size."""
    by_branch = branch_reports.branches(request, track)
    if by_branch is None:
        with card("branches", "Parts of the unit"):
            note("This measure is not counted by part of the unit.")
        return
    section(
        by_branch := of_all(by_branch, borough),
        "branches",
        lead=[f"{by_branch.subtitle}."],
        picture=Picture(
            funnel.spec(track.measure.unit, by_branch.rows.num_rows),
            funnel.data(by_branch, st.query_params.get(PART)),
            office=office.funnel(track.measure.unit),
        ),
        notes=by_branch.plain_notes,
        file=f"{track.measure.id}-branches",
    )


def mix(
    request: Request, track: MeasureSeries, borough: str | None, beyond: tuple[Alert, ...]
) -> None:
    """What the reports are made of, by one field: those of the first alert `beyond` where the
    address asks for its records."""
    alert = beyond[0] if _asks_for_alert(beyond) else None
    with card("mix", "What it is made of"):
        if mixes.unmixed(request, track) or records.of_faults(track):
            note(mixes.unmixed(request, track) or "Faults are counted over all kinds of reports.")
            return
        field = pick(
            "By",
            "by",
            mixes.fields(request, track.unit),
            words=mixes.FIELDS.__getitem__,
            hidden=True,
        )
        mixture = mixes.mix(request, track, field or "weapon", borough, alert)
        if mixture is None:
            note("No reports in the last two years.")
            return
        drawn = Picture(bars.spec(mixture.rows.num_rows), bars.data(mixture), office=office.mix())
        result(
            mixture,
            f"{track.measure.id}-mix",
            lead=[
                f"{mixture.title}; {mixture.subtitle}.",
                "Of all these months, not of the alert's records alone."
                if beyond and not alert
                else "",
            ],
            picture=drawn,
            notes=(*mixture.plain_notes, request.unshown(track.unit)),
        )


def _nothing_behind(request: Request, track: MeasureSeries, whole: MeasureSeries) -> str:
    """Why no card stands below the chart, in a sentence; '' where one does: not four that are
    empty each."""
    reason = records.why_no_records(request, track)
    if not reason or not mixes.unmixed(request, track):
        return ""
    parts = branch_reports.branches(request, whole), unit_boroughs.boroughs(request, whole)
    return reason if parts == (None, None) else ""


def without(request: Request, unit: str, measure: str | None) -> None:
    """The words in place of the chart where there are no data."""
    name = request.measure(measure).name if measure else "Measures"
    with card("chart", f"{name} [x]"):
        note(ocu.no_data(request, unit, measure))


def evidence(request: Request, whole: MeasureSeries, borough: str | None) -> None:
    """The chart, then boroughs and records, then branches and mix."""
    track = chart_rows.in_borough(request, whole, borough) if borough else whole
    if track is None:
        note(
            f"This measure is not counted by {area_word()}: the figures are those of all of "
            f"{whole_area()}."
        )
        track, borough = whole, None
    beyond = standing.alerts_on(request, measure=track.measure.id, borough=borough)
    if beyond:
        alerted(request, track, beyond, borough)
    chart(request, track, borough, next(iter(beyond), None))
    if reason := _nothing_behind(request, track, whole):
        with card("records", "What stands behind it"):
            note(reason, f"It is counted neither by {area_word()} nor by part of the unit.")
            _listed_elsewhere(track)
        return
    near, far = st.columns([0.53, 0.47], gap="small")
    with near, guard():
        boroughs(request, whole, borough)
    with near, guard():
        branches(request, whole, borough)
    with far, guard():
        behind(request, track, borough, beyond)
    with far, guard():
        mix(request, track, borough, beyond)
