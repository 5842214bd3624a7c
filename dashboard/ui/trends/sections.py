"""The Trends page: its statement, its charts and its table."""

from __future__ import annotations

import streamlit as st

from dashboard import rows
from dashboard.access.disclosure import BREAK
from dashboard.charts import seasonal, spc
from dashboard.charts import trends as weekly
from dashboard.export.forms import office
from dashboard.reports import Request, remarks
from dashboard.reports.alerts import standing
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import chart_rows, chart_words
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.trends import asking
from dashboard.reports.trends import weekly as trend_weeks
from dashboard.reports.trends.asking import Asked
from dashboard.reports.trends.series_at import Place
from dashboard.ui.kit import period_table
from dashboard.ui.kit.decided import marked as decided_words
from dashboard.ui.kit.section import Picture, card, note, section, statement, table
from dashboard.ui.shell.incidents import guard
from dashboard.ui.trends.controls import place_words

HEIGHT = 220  # pixels of the first screen's charts
SMALL = 150  # pixels of a chart that stands beside three others


def head(request: Request, asked: Asked, track: MeasureSeries | None) -> None:
    """The statement: of several series, of one, or that there is nothing to draw."""
    if asked.also:
        _together(request, asked)
    elif track is None:
        statement(f"{place_words(request, asked.place)}: nothing to draw", "")
        note(asking.why_none(request, asked.place, asked.grain), *asked.remarks)
    else:
        _alone(request, asked, track)


def _alone(request: Request, asked: Asked, track: MeasureSeries) -> None:
    """The statement, what it is about, and when the present run was first signalled."""
    charted = asking.chart(request, track)
    beyond = asking.beyond(request, asked.place)
    listed = [standing.alert_title(beyond)] if beyond else []
    listed += [words for words in [asking.watched(request, asked.place)] if words]
    own = f"By {track.grain}, against its own limits: {charted.title}" if listed else ""
    first, *rest = [*listed, own or charted.title]
    statement(first, " ".join(f"{words}." for words in (*rest, charted.subtitle)))
    said = remarks.all_remarks(request).of_alerts(beyond)
    both = asking.yardsticks(track.grain) if listed else ""
    note(
        *said, both, asking.signalled(request, asked), asking.rebased(asked, track), *asked.remarks
    )


def _together(request: Request, asked: Asked) -> None:
    """What stands out of several series, and on which scale they are drawn."""
    compared = asking.compared(request, asked)
    scale = "all on one scale" if asked.shared else "each on a scale of its own"
    names = [place_words(request, place) for place, _ in compared]
    tracks = [track for _, track in compared]
    statement(asking.statement_of(names, tracks), f"By {asked.grain}, {scale}: {'; '.join(names)}.")
    note(*asked.remarks)


def chart(
    request: Request,
    track: MeasureSeries,
    place: Place,
    *,
    height: int = HEIGHT,
    top: float | None = None,
    heading: str = "",
) -> None:
    """One series with its limits; `heading` stands where the statement is not the page's own."""
    charted = remarks.charted(request, asking.chart(request, track))
    key = asking.written(place)
    drawn = charted.rows.column("chart").to_pylist()[-1]
    decided = on_chart.event_rows(request, track.measure.id, track.unit, [place.borough])
    section(
        charted,
        f"chart-{key}",
        title=heading or chart_words.heading(track, drawn),
        lead=[f"{charted.title}."] if heading else (),
        picture=Picture(
            spc.spec_for(charted, track.measure.unit, track.grain, decided, height=height, top=top),
            spc.data(charted, height, decided),
            f"spc-{key}",
            office.spc(track.measure.unit, track.grain),
        ),
        grid=period_table.grid(charted) if heading else None,
        below=[
            "" if heading else period_table.year_to_date(request, track),
            decided_words(decided),
            *remarks.sentences(charted),
        ],
        notes=["; ".join([*chart_rows.short_notes(charted), *decided.plain_notes])],
        file=f"{track.measure.id}-{place.borough or place.unit}-{track.grain}",
    )


def season(request: Request, track: MeasureSeries) -> None:
    """The same series year over year."""
    by_year = asking.seasonal(request, track)
    if by_year is None:
        with card("season", "Year over year"):
            note("One year alone, or a series by the year, has no earlier year to lie beside.")
        return
    spec = seasonal.spec(track.measure.unit, track.grain, height=HEIGHT)
    section(
        by_year,
        "season",
        picture=Picture(spec, seasonal.data(by_year), "season"),
        below=[f"{by_year.subtitle}."],
        notes=["; ".join(by_year.noted_but(BREAK))],
        file=f"{track.measure.id}-seasonal",
    )


def weeks(request: Request, track: MeasureSeries) -> None:
    """What each week should have brought; the words where that is not known."""
    missing = trend_weeks.missing(request, track)
    if missing and track.grain != "week":
        return
    expected = None if missing else asking.expectations(request, track)
    if expected is None:
        with card("weeks", "Expected by week"):
            note(missing or trend_weeks.empty(track))
        return
    decided = on_chart.event_rows(request, track.measure.id, track.unit, [track.borough])
    section(
        expected,
        "weeks",
        lead=[f"{expected.subtitle}."],
        picture=Picture(weekly.spec_for(expected, decided), weekly.data(expected, decided)),
        below=[decided_words(decided)],
        notes=["; ".join(expected.plain_notes)],
        file=f"{track.measure.id}-weeks",
    )


def together(request: Request, asked: Asked) -> None:
    """Up to four series, two in a row, on one scale or each on its own."""
    compared = asking.compared(request, asked)
    charts = [asking.chart(request, track) for _, track in compared if track is not None]
    top = max((spc.highest(item) for item in charts), default=0.0) if asked.shared else None
    for pair in (compared[:2], compared[2:]):
        for column, (place, track) in zip(st.columns(2, gap="small"), pair, strict=False):
            with column, guard():
                if track is None:
                    with card(f"chart-{asking.written(place)}", place_words(request, place)):
                        note(asking.why_none(request, place, asked.grain))
                else:
                    chart(
                        request,
                        track,
                        place,
                        height=SMALL,
                        top=top,
                        heading=place_words(request, place),
                    )


def periods(request: Request, track: MeasureSeries) -> None:
    """The table under the chart, newest first."""
    chart = remarks.beside(request, asking.chart(request, track))
    breaks = chart.noted(BREAK)
    points = rows.typed(period_table.Explained, chart.rows)
    usual = ("", "common")
    marked = [row for row in points if row["point"] not in usual or row.get("explanation")]
    with card("periods", "Periods that stand out" if marked else "No period stands out"):
        note(*(f"{item}." for item in breaks))
        if marked:
            table(period_table.PERIODS, period_table.cells(marked), caption=chart.title)
        with st.expander(f"All {len(points)} periods"):
            table(period_table.PERIODS, period_table.cells(points), caption=f"All: {chart.title}")
