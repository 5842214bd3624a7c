"""The sections of a unit's page: each asks one report and draws what it gives."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import rows
from dashboard.access.witness import LONDON
from dashboard.catalogue import order
from dashboard.charts import bars, fortnights, funnel, spc, tiles
from dashboard.decisions.remarks import subject_of
from dashboard.errors import NotFoundError
from dashboard.export.forms import office
from dashboard.periods import day_words
from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.alerts import history, standing
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import area_spans, chart_rows, identity, standouts
from dashboard.reports.measure.scopes import wider
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.unit import branches as branch_reports
from dashboard.reports.unit import mixes, ocu, onlookers, records, unit_boroughs
from dashboard.ui.kit import explaining, paging, period_table, views
from dashboard.ui.kit.address import link_to, pick, put, state
from dashboard.ui.kit.decided import marked as decided_words
from dashboard.ui.kit.markup import join, link, strong, tag
from dashboard.ui.kit.section import (
    Grid,
    Picture,
    card,
    html,
    note,
    result,
    section,
    statement,
    table,
)
from dashboard.ui.shell.incidents import end, guard
from dashboard.ui.unit import cells
from dashboard.words import names
from dashboard.words.names import area_word, areas_word, whole_area
from dashboard.words.phrases import sentence

ALL, OF_ALERT = "all", "alert"  # words of the address
DAY = "day"
VIEWS = {"plan": "Measures", DAY: "Day and week"}
# Where what a measure counts that is no report is listed: page, words, view.
LISTED = {
    "recommendations": ("accountability", "The recommendations that are overdue", None),
    "reviews": ("accountability", "The reviews", "reviews"),
    "overtime": ("overtime", "The overtime", None),
}
PART = "part"  # the address' word for the branch or team that a link named
PAGES = "page", "came_page", "waits_page", PART  # of lists of one unit, and its part
LIST_HEIGHT = 236  # pixels of a list that scrolls inside its card
ALERT_HEIGHT = 170  # pixels
PAGE_WORDS = 13  # pixels of the words in a picture that stands beside a table


def chosen(request: Request) -> tuple[str, str]:
    """The unit of the address and a remark on it; where it names none, says so and stops."""
    try:
        asked = st.query_params.get("unit")
        unit, remark = ocu.unit_of(request, asked, st.query_params.get("measure"))
        if remark:  # the page is the unit's from here on, and keeps which part was asked for
            put("unit", unit)
            put(PART, asked)
        return unit, ocu.of_part(request, st.query_params.get(PART), unit)
    except NotFoundError as error:
        statement("The unit of this link is not known", "")
        note(f"As at {day_words(request.as_at)}, {error}.", "These are here:")
        codes = order.page_units(request.catalogue)
        links = [
            tag("li", link(link_to("ocu", unit=code), names.unit(request.catalogue, code)))
            for code in codes
        ]
        html(tag("ul", *links))
        end()


def header(request: Request, unit: str, remark: str, title: str) -> str:
    """The page's statement beside the lists; the unit's name, remit, strength and what changed
    below.

    title   the statement
    return  the borough chosen; ALL where none is
    """
    said, turn_to, lists = st.columns([0.52, 0.2, 0.28], gap="small", vertical_alignment="center")
    with said:
        statement(title)
    with turn_to:
        views.row("View", "view", VIEWS)
    with lists, st.container(horizontal=True):
        units = order.page_units(request.catalogue)
        pick("Unit", "unit", units, hidden=True, default=unit, clears=PAGES)
        # The day is the unit's as a whole.
        borough = None if views.chosen("view", VIEWS) == DAY else _area(request)
    head = ocu.head(request, unit)
    remit = names.without_sources(head.unit.remit)
    name = strong(names.unit(request.catalogue, unit))
    facts = [item for item in (name, remit, head.posts) if item]
    changed = [cells.changed(head.changed)] if head.changed else []
    if head.alerts:
        html(join([cells.alert(words) for words in head.alerts], ""))
    html(tag("p", join([*facts, *changed], " · "), class_="substatement"))
    note(remark)
    return borough or ALL


def _area(request: Request) -> str | None:
    return pick(
        sentence(area_word()),
        "borough",
        [ALL, *ocu.boroughs(request)],
        hidden=True,
        words=lambda code: names.area(request.catalogue, code),
    )


def _all_places(borough: str | None) -> str:
    """What a card says that does not follow the area chosen; '' where none is."""
    return f"all of {whole_area()}" if borough else ""


def measures(
    request: Request, unit: str, plan: Disclosed, chosen: str | None, borough: str | None
) -> None:
    """The plan's measures, each a link that selects it."""
    plan = remarks.beside(request, plan, year=True)
    listed = rows.typed(ocu.Explained, plan.rows)
    marks = ["chosen" if row["measure"] == chosen else "" for row in listed]
    grid = Grid(cells.PLAN, cells.plan(listed, request.as_at), marks, cards=True)
    notes = ["; ".join(plan.plain_notes)]
    # Elsewhere the same measure may stand with the figure of all units.
    own = f"figures of {unit} alone" if unit != request.force else "figures of all units"
    said = own, cells.most_of(listed, request.as_at), _all_places(borough)
    own = ", ".join(filter(None, said))
    section(plan, "plan", title="Measures of the plan", subtitle=own, grid=grid, notes=notes)


def alerted(
    request: Request, track: MeasureSeries, beyond: tuple[Alert, ...], borough: str | None
) -> None:
    """The alert on the measure: it stands before every other yardstick."""
    found, spoken = history.history(request, beyond[0]), remarks.known(request)
    decided = on_chart.of_alert(request, beyond[0])

    def tools() -> None:
        explaining.explaining(request, subject_of(beyond[0]), spoken)
        if not records.without(request, track):
            onward("ocu", "Its records", "records", unit=track.unit, of=OF_ALERT)

    section(
        found,
        "alert",
        title=standing.title(beyond),
        lead=[
            cells.of_alert(beyond[0]),
            cells.not_alone(beyond[0]) if borough else "",
            spoken.words(beyond[0]),
        ],
        tools=tools,
        picture=Picture(
            fortnights.spec_for(found, ALERT_HEIGHT, PAGE_WORDS, decided),
            fortnights.data(found, decided),
            "alert",
            office.windows(),
        ),
        below=[decided_words(decided)],
        file=f"{track.measure.id}-{track.unit}-alert",
    )


def chart(request: Request, track: MeasureSeries, borough: str | None, alert: Alert | None) -> None:
    """The SPC chart with its statement, the year to date, and its table.

    alert  the one on the measure that stands above it
    """
    found = remarks.charted(request, chart_rows.chart(request, track, borough))
    decided = on_chart.marks(request, track.measure.id, track.unit, [borough])
    section(
        found,
        "chart",
        lead=[
            cells.beside_alert(alert, track.grain, borough) if alert else "",
            f"{found.subtitle}.",
            period_table.year_to_date(request, track),
        ],
        picture=Picture(
            spc.spec_for(found, track.measure.unit, track.grain, decided),
            spc.data(found, decided=decided),
            "spc",
            office.spc(track.measure.unit, track.grain),
        ),
        grid=period_table.grid(found),
        below=[decided_words(decided), *remarks.sentences(found), _of_target(request, track)],
        tools=lambda: _chart_tools(request, track, borough, found),
        notes=["; ".join([*chart_rows.short_notes(found), *decided.plain_notes])],
        file=f"{track.measure.id}-{track.unit}",
    )


def _of_target(request: Request, track: MeasureSeries) -> str:
    """What is said of the verdict on the year's target."""
    if not track.year:
        return ""
    return remarks.known(request).year(identity.of_points(request, track, track.year))


def _chart_tools(
    request: Request, track: MeasureSeries, borough: str | None, found: Disclosed
) -> None:
    spoken = remarks.known(request)
    explaining.one_of(request, standouts.standouts(request, track, found), spoken, "chart")
    level = "borough" if borough else request.catalogue.units[track.unit].level
    onward("trends", "Trends", level=level, unit=track.unit, borough=borough)


def onward(page: str, words: str, lands: str | None = None, **params: str | None) -> None:
    """A quiet link to another room with the measure kept; `lands` as a link has it."""
    to = link(link_to(page, **params), words, lands=lands)
    st.html(tag("p", to, class_="note"), width="content")


def boroughs(request: Request, track: MeasureSeries) -> None:
    """The tile map."""
    found = unit_boroughs.boroughs(request, track)
    if found is None:
        with card("boroughs", sentence(areas_word())):
            note(f"This measure is not counted by {area_word()}.")
        return
    section(
        found,
        "boroughs",
        lead=[f"{found.subtitle}."],
        picture=Picture(
            tiles.spec(),
            tiles.data(found),
            office=office.tiles(track.measure.unit),
            ways=cells.of_tiles(rows.typed(unit_boroughs.Slot, found.rows)),
        ),
        tools=lambda: _everywhere(request, track),
        notes=found.plain_notes,
        file=f"{track.measure.id}-boroughs",
    )


def _everywhere(request: Request, track: MeasureSeries) -> None:
    """The way to all boroughs, where their page has the measure."""
    if area_spans.on_the_map(request, track.measure.id):
        onward("boroughs", f"All {areas_word()}", borough=None, unit=None)


def behind(
    request: Request, track: MeasureSeries, borough: str | None, beyond: tuple[Alert, ...]
) -> None:
    """The records behind the figure, 50 a page, newest first; of faults the oldest first.

    Those of the first alert `beyond` where the address asks for them.
    """
    page = paging.asked()
    of_alert = bool(state("of", None, [OF_ALERT] if beyond else []))
    found = (
        records.behind_alert(request, track, beyond[0], page)
        if of_alert
        else records.behind(request, track, borough, page)
    )
    if found is None:
        with card("records", "Records behind"):
            note(records.without(request, track))
            _listed_elsewhere(track)
        return
    faulty = records.of_faults(track)
    columns = cells.FAULTS if faulty else cells.RECORDS
    listed = (
        cells.faults(request, rows.typed(records.Faulty, found.rows))
        if faulty
        else cells.records(request, rows.typed(records.Behind, found.rows))
    )

    def tools() -> None:
        if of_alert:
            onward("ocu", "All of the year", unit=track.unit)
        paging.turns(found, page, ("‹ Older", "Newer ›") if faulty else ("‹ Newer", "Older ›"))
        oldest(request, track, borough)

    section(
        found,
        "records",
        lead=[f"{found.subtitle}."],
        grid=Grid(columns, listed, height=LIST_HEIGHT, cards=True),
        tools=tools,
        file=f"{track.measure.id}-records",
    )


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
    found = records.faults(request, track, borough)  # the first page of them
    if found is None or records.of_faults(track) or not found.rows.num_rows:
        return
    with st.popover("Oldest faults", type="tertiary"):
        oldest_first = rows.typed(records.Faulty, found.rows)
        shown = f", the first {len(oldest_first)} shown" if found.page_of else ""
        note(f"{found.title}; {found.subtitle}{shown}.")
        table(cells.FAULTS, cells.faults(request, oldest_first), caption=found.title, cards=True)


def looked(request: Request, unit: str) -> None:
    """Who looked at the records, for those whose own they are."""
    found = onlookers.onlookers(request, unit, datetime.now(LONDON).date())
    if found is None:
        return
    listed = cells.onlookers(rows.typed(onlookers.Looked, found.rows), request.who)
    with card("onlookers", "Who looked at these records", found.subtitle):
        note(f"{found.title}.")
        if listed:
            table(cells.ONLOOKERS, listed, caption=found.title)
        note(*(f"{sentence(words)}." for words in found.plain_notes))


def branches(request: Request, track: MeasureSeries, borough: str | None) -> None:
    """The unit's parts against the limits for their size."""
    found = branch_reports.branches(request, track)
    if found is None:
        with card("branches", "Parts of the unit"):
            note("This measure is not counted by part of the unit.")
        return
    section(
        found,
        "branches",
        lead=[", ".join(filter(None, (found.subtitle, _all_places(borough)))) + "."],
        picture=Picture(
            funnel.spec(track.measure.unit, found.rows.num_rows),
            funnel.data(found, st.query_params.get(PART)),
            office=office.funnel(track.measure.unit),
        ),
        notes=found.plain_notes,
        file=f"{track.measure.id}-branches",
    )


def mix(request: Request, track: MeasureSeries, borough: str | None, alerted: bool) -> None:
    """What the reports are made of, by one field.

    alerted  an alert stands on the measure: its records are others than those of this year
    """
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
        found = mixes.mix(request, track, field or "weapon", borough)
        if found is None:
            note("No reports in the last two years.")
            return
        drawn = Picture(bars.spec(found.rows.num_rows), bars.data(found), office=office.mix())
        result(
            found,
            f"{track.measure.id}-mix",
            lead=[
                f"{found.title}; {found.subtitle}.",
                "Of all these months, not of the alert's records alone." if alerted else "",
            ],
            picture=drawn,
            notes=(*found.plain_notes, request.unshown(track.unit)),
        )


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
    near, far = st.columns([0.53, 0.47], gap="small")
    with near, guard():
        boroughs(request, whole)
    with near, guard():
        branches(request, whole, borough)
    with far, guard():
        behind(request, track, borough, beyond)
    with far, guard():
        mix(request, track, borough, bool(beyond))
