"""The sections of a unit's page: each asks one report and draws what it gives."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import rows
from dashboard.catalogue import order
from dashboard.charts import fortnights, spc, tiles
from dashboard.decisions.remarks import subject_of
from dashboard.errors import NotFoundError
from dashboard.export.forms import office
from dashboard.periods import day_words
from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.alerts import history, standing
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import area_spans, chart_rows, identity, standouts
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.unit import ocu, records, unit_boroughs
from dashboard.ui.kit import explaining, period_table, views, wall
from dashboard.ui.kit.address import link_to, pick, put
from dashboard.ui.kit.decided import marked as decided_words
from dashboard.ui.kit.markup import join, link, strong, tag
from dashboard.ui.kit.section import (
    Grid,
    Picture,
    card,
    html,
    note,
    section,
    statement,
)
from dashboard.ui.shell.incidents import end
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
    note(remark, _of_place(request, borough or ALL))
    return borough or ALL


def _of_place(request: Request, borough: str) -> str:
    """Which sections follow the area chosen; '' where none is."""
    if borough == ALL:
        return ""
    name = names.area(request.catalogue, borough)
    return (
        f"{name} is chosen: the chart by period, the records and what they are made of are of"
        f" {names.area_inside(request.catalogue, borough)}; all else is of all of {whole_area()}."
    )


def _area(request: Request) -> str | None:
    return pick(
        sentence(area_word()),
        "borough",
        [ALL, *ocu.boroughs(request)],
        hidden=True,
        words=lambda code: names.area(request.catalogue, code),
    )


def all_places(borough: str | None) -> str:
    """What a card says that does not follow the area chosen; '' where none is."""
    return f"all of {whole_area()}" if borough else ""


def of_all(shown: Disclosed, borough: str | None) -> Disclosed:
    """A result that does not follow the area chosen: it says so on the page and in what leaves."""
    said = ", ".join(filter(None, (shown.subtitle, all_places(borough))))
    return replace(shown, subtitle=said)


def measures(
    request: Request, unit: str, plan: Disclosed, chosen: str | None, borough: str | None
) -> None:
    """The plan's measures, each a link that selects it."""
    plan = of_all(remarks.beside(request, plan, year=True), borough)
    listed = rows.typed(ocu.Explained, plan.rows)
    marks = ["chosen" if row["measure"] == chosen else "" for row in listed]
    grid = Grid(
        cells.PLAN, cells.plan(listed, request.as_at, st.query_params.get(PART)), marks, cards=True
    )
    notes = ["; ".join(plan.plain_notes)]
    # Elsewhere the same measure may stand with the figure of all units.
    own = f"figures of {unit} alone" if unit != request.force else "figures of all units"
    said = own, cells.most_of(listed, request.as_at), all_places(borough)
    own = ", ".join(filter(None, said))
    section(plan, "plan", title="Measures of the plan", subtitle=own, grid=grid, notes=notes)


def alerted(
    request: Request, track: MeasureSeries, beyond: tuple[Alert, ...], borough: str | None
) -> None:
    """The alert on the measure: it stands before every other yardstick."""
    windows, spoken = history.history(request, beyond[0]), remarks.all_remarks(request)
    decided = on_chart.of_alert(request, beyond[0])

    def tools() -> None:
        explaining.explaining(request, subject_of(beyond[0]), spoken)
        if not records.why_no_records(request, track):
            onward("ocu", "Its records", "records", unit=track.unit, of=OF_ALERT)

    wall.way()
    section(
        windows,
        "alert",
        title=standing.alert_title(beyond),
        lead=[
            cells.of_alert(beyond[0]),
            cells.not_alone(beyond[0]) if borough else "",
            spoken.words(beyond[0]),
        ],
        tools=tools,
        picture=Picture(
            fortnights.spec_for(windows, ALERT_HEIGHT, PAGE_WORDS, decided),
            fortnights.data(windows, decided),
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
    charted = remarks.charted(request, chart_rows.chart(request, track, borough))
    decided = on_chart.event_rows(request, track.measure.id, track.unit, [borough])
    section(
        charted,
        "chart",
        lead=[
            cells.beside_alert(alert, track.grain, borough) if alert else "",
            f"{charted.subtitle}.",
            period_table.year_to_date(request, track),
        ],
        picture=Picture(
            spc.spec_for(charted, track.measure.unit, track.grain, decided),
            spc.data(charted, decided=decided),
            "spc",
            office.spc(track.measure.unit, track.grain),
        ),
        grid=period_table.grid(charted),
        below=[decided_words(decided), *remarks.sentences(charted), _of_target(request, track)],
        tools=lambda: _chart_tools(request, track, borough, charted),
        notes=["; ".join([*chart_rows.short_notes(charted), *decided.plain_notes])],
        file=f"{track.measure.id}-{track.unit}",
    )


def _of_target(request: Request, track: MeasureSeries) -> str:
    """What is said of the verdict on the year's target."""
    if not track.year:
        return ""
    return remarks.all_remarks(request).year(identity.of_points(request, track, track.year))


def _chart_tools(
    request: Request, track: MeasureSeries, borough: str | None, charted: Disclosed
) -> None:
    spoken = remarks.all_remarks(request)
    explaining.one_of(request, standouts.standouts(request, track, charted), spoken, "chart")
    level = "borough" if borough else request.catalogue.units[track.unit].level
    onward("trends", "Trends", level=level, unit=track.unit, borough=borough)


def onward(page: str, words: str, lands: str | None = None, **params: str | None) -> None:
    """A quiet link to another room with the measure kept; `lands` as a link has it."""
    to = link(link_to(page, **params), words, lands=lands)
    st.html(tag("p", to, class_="note"), width="content")


def boroughs(request: Request, track: MeasureSeries, borough: str | None) -> None:
    """The tile map."""
    by_borough = unit_boroughs.boroughs(request, track)
    if by_borough is None:
        with card("boroughs", sentence(areas_word())):
            note(f"This measure is not counted by {area_word()}.")
        return
    section(
        by_borough := of_all(by_borough, borough),
        "boroughs",
        lead=[f"{by_borough.subtitle}."],
        picture=Picture(
            tiles.spec(),
            tiles.data(by_borough),
            office=office.tiles(track.measure.unit),
            ways=cells.of_tiles(rows.typed(unit_boroughs.Slot, by_borough.rows)),
        ),
        tools=lambda: _everywhere(request, track),
        notes=by_borough.plain_notes,
        file=f"{track.measure.id}-boroughs",
    )


def _everywhere(request: Request, track: MeasureSeries) -> None:
    """The way to all boroughs, where their page has the measure."""
    if area_spans.on_the_map(request, track.measure.id):
        onward("boroughs", f"All {areas_word()}", borough=None, unit=None)
