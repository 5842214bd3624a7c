"""The sections of the boroughs' page: each asks one report and draws what it gives."""

from __future__ import annotations

import streamlit as st

from dashboard import rows
from dashboard.access.disclosure import BESIDE
from dashboard.catalogue import order, ours
from dashboard.charts import borough_funnel as funnel_chart
from dashboard.charts import borough_grid, borough_tiles
from dashboard.errors import NotFoundError
from dashboard.periods import MONTHS, day_words
from dashboard.reports import Request, remarks
from dashboard.reports.alerts import standing
from dashboard.reports.boroughs import all_areas, exposure, spans, work
from dashboard.reports.boroughs import funnel as borough_funnel
from dashboard.reports.boroughs import london as boroughs
from dashboard.reports.boroughs import matrix as borough_matrix
from dashboard.reports.boroughs.spans import SPANS, Choice
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import area_spans
from dashboard.ui.boroughs import cells as borough_rows
from dashboard.ui.boroughs import heat_strip
from dashboard.ui.boroughs import tile_map as borough_map
from dashboard.ui.kit.address import pick, state
from dashboard.ui.kit.markup import link, tag
from dashboard.ui.kit.markup import table as markup_table
from dashboard.ui.kit.section import (
    Grid,
    Picture,
    actions,
    card,
    downloads,
    html,
    note,
    result,
    section,
    statement,
    why,
)
from dashboard.ui.shell.incidents import end
from dashboard.words.names import area_word, areas_word
from dashboard.words.phrases import sentence

ALL = "all"
LATEST = "latest"  # of the months up to which is counted


def _orders() -> dict[str, str]:
    areas = sentence(areas_word())
    return {"name": f"{areas} by name", "command": f"{areas} by command (today's)"}


FUNNEL_HEIGHT = 268
FIGURES = {heat_strip.FLAGGED: "Figures of flagged cells", heat_strip.EVERY: "All figures"}


def area(request: Request) -> str:
    """The area of the address; ALL for the whole. For one that is not there it says so."""
    said = request.role.borough or st.query_params.get("borough", ALL)
    if said == ALL:
        return ALL
    try:
        return work.area_of(request, said).code
    except NotFoundError as error:
        statement(f"The {area_word()} of this link is not known", "")
        note(f"As at {day_words(request.as_at)}, {error}.")
        html(tag("p", link(borough_rows.here(borough=ALL), f"All {areas_word()}")))
        end()


def choice(request: Request, borough: str) -> Choice:
    """What the address chooses, each part one that there is; the lists are drawn by `lists`."""
    span = state("span", area_spans.TWELVE, list(SPANS))
    against = state("against", exposure.RESIDENTS, exposure.AGAINST)
    unit = state("unit", ours().force, boroughs.units(request)) if borough == ALL else ours().force
    until = boroughs.until_of(st.query_params.get("month"))
    return Choice(
        span or area_spans.TWELVE,
        against or exposure.RESIDENTS,
        None if unit == ours().force else unit,
        until,
    )


def kept() -> dict[str, str | None]:
    """The page's own filters, for links that keep them."""
    return {key: st.query_params.get(key) for key in borough_rows.KEEP}


def lists(request: Request, asked: Choice, measure: str, borough: str) -> None:
    """The drop-down lists in a row: borough, measure, investigator, basis, span, last month."""
    areas = order.areas(request.catalogue)
    names = {item.code: item.name for item in areas if item.kind != exposure.CITY}
    bases = boroughs.against(request, asked, measure)
    with st.container(horizontal=True, key="lists"):
        pick(
            sentence(area_word()),
            "borough",
            [ALL, *names] if request.whole else [borough],
            words=lambda code: names.get(code, f"All {areas_word()}"),
            hidden=True,
        )
        if borough == ALL:
            pick(
                "Measure",
                "measure",
                boroughs.measures(request, asked),
                default=measure,
                words=lambda name: request.measures[name].name,
                hidden=True,
            )
            if len(units := boroughs.units(request)) > 1:
                pick(
                    "Investigated by",
                    "unit",
                    units,
                    words=lambda code: _investigator(request, measure, code),
                    hidden=True,
                )
        pick(
            "Compared with",
            "against",
            list(bases),
            words=lambda key: f"Against {bases[key]}",
            hidden=True,
        )
        pick("Span", "span", list(SPANS), words=lambda key: SPANS[key].capitalize(), hidden=True)
        untils = [LATEST, *(boroughs.after(d) for d in boroughs.untils(request, asked, measure))]
        if asked.until and boroughs.after(asked.until) not in untils:
            untils.append(boroughs.after(asked.until))
        pick("Up to", "month", untils, words=_month, hidden=True)


def _investigator(request: Request, measure: str, code: str) -> str:
    """Who investigated what is counted; where no unit is chosen, whoever the measure counts."""
    if code != ours().force:
        return f"By {code}"
    remit = spans.investigator(request, measure, None)
    return f"{remit}'s remit" if remit else "Whoever investigates"


def _month(word: str) -> str:
    if word == LATEST:
        return "Up to the latest month"
    year, month = word.split("-")
    return f"Up to {MONTHS[int(month) - 1]} {year}"


def london(request: Request, measure: str, asked: Choice) -> None:
    """The statement on the measure, and what it is about."""
    tiles = boroughs.tiles(request, measure, asked)
    statement(tiles.title, tiles.subtitle)
    note(*remarks.all_remarks(request).of_alerts(standing.alerts_on(request, measure=measure)))


def tile_map(request: Request, measure: str, asked: Choice) -> None:
    """The map, with its table for screen readers and its sum."""
    tiles, about = boroughs.tiles(request, measure, asked), request.measures[measure]
    window = spans.windows(request, asked)[measure][0]
    whole = spans.figure(about, *all_areas.total(window))
    areas = rows.typed(boroughs.Tile, tiles.rows)
    with card("map", "Where it was committed", "24 months a line, one scale from 0 for all"):
        drawn = borough_tiles.tiles(tiles, on_chart.acted_in(request, measure))
        html(borough_map.tile_map(drawn, whole, about.better, kept()))
        html(borough_rows.tile_key(areas, about.better))
        cells = borough_rows.tiles(areas, about.better)
        caption = f"{tiles.title}. {tiles.subtitle}"
        # The map's own links say the same one by one; this is the whole at a glance for ears.
        body = markup_table(borough_rows.TILES, cells, caption=caption)
        html(tag("div", body, class_="unseen"))
        result(
            tiles,
            f"{measure}-tiles",
            grid=Grid(borough_rows.TILES, cells, folded=True),
            below=[
                *tiles.noted(BESIDE),
                "▾ above a line: decided to act there." if any(i.acted for i in drawn) else "",
            ],
        )


def funnel(request: Request, measure: str, asked: Choice) -> None:
    """The funnel of the measure, φ and what to hold in mind."""
    judgements, about = borough_funnel.funnel(request, measure, asked), request.measures[measure]
    name = "Each against the limits for its size"
    if not judgements.rows.num_rows:
        with card("funnel", name):
            note(*judgements.plain_notes, "Choose another basis or span above.")
        return
    judged = rows.typed(borough_funnel.Judgement, judgements.rows)
    spec = funnel_chart.spec(about.unit, exposure.compared_with(asked.against), FUNNEL_HEIGHT)
    section(
        judgements,
        "funnel",
        title=name,
        picture=Picture(
            spec,
            funnel_chart.data(judgements),
            "funnel",
            ways=borough_rows.of_marks(judged),
        ),
        grid=Grid(borough_rows.FUNNEL, borough_rows.funnel(judged, about.better), folded=True),
        below=judgements.plain_notes,
        file=f"{measure}-funnel",
    )


def shares(request: Request, asked: Choice) -> None:
    """Who investigates: the directorate's share of all gun-enabled crime."""
    with card("shares", "Who investigates"):
        note(all_areas.share_words(request, asked))


def matrix(request: Request, asked: Choice) -> None:
    """Measures by boroughs."""
    by_borough = borough_matrix.matrix(request, asked)
    better = {name: item.better for name, item in request.measures.items()}
    usual = borough_rows.usual_period(rows.typed(borough_matrix.Cell, by_borough.rows))
    with card(
        "matrix",
        by_borough.title,
        f"{usual} unless a row says another; {_low(by_borough.subtitle)}",
    ):
        with st.container(horizontal=True, key="lists-order"):
            order = pick(
                "Order", "order", list(_orders()), words=_orders().__getitem__, hidden=True
            )
            figures = pick(
                "Figures", "cells", list(FIGURES), words=FIGURES.__getitem__, hidden=True
            )
        html(heat_strip.key())
        by_command = order == "command"
        shown = figures or heat_strip.FLAGGED
        html(heat_strip.matrix(by_borough, better, kept(), by_command=by_command, figures=shown))
        drawn = borough_grid.data(by_borough)
        with actions("borough-matrix"):
            why(by_borough)
            downloads(
                by_borough, "borough-matrix", borough_grid.spec(*borough_grid.size(drawn)), drawn
            )
            note(*by_borough.plain_notes, inline=True)


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def overview(request: Request, measure: str, asked: Choice) -> None:
    """The whole area: the map beside the funnel, the matrix below."""
    left, right = st.columns([0.6, 0.4], gap="small")
    with left:
        tile_map(request, measure, asked)
    with right:
        funnel(request, measure, asked)
        shares(request, asked)
    matrix(request, asked)
