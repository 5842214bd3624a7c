"""The target workshop: levels for next year, and the chance of one that is typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import workshop as chart
from dashboard.export import Native
from dashboard.export.forms.native import Series
from dashboard.queries import Measure
from dashboard.reports import Request
from dashboard.reports.measure import next_years
from dashboard.reports.strategy import levels, past_levels
from dashboard.reports.strategy import workshop as shop
from dashboard.reports.strategy.levels import Level
from dashboard.reports.strategy.past_levels import Record
from dashboard.reports.strategy.workshop import Line
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import big, small, stack
from dashboard.ui.kit.section import Grid, Picture, card, html, note, result, section, table
from dashboard.ui.shell.incidents import guard
from dashboard.ui.strategy import target_cells
from dashboard.words import names, numbers, phrases

LEVEL = "type-level"


def workshop(request: Request, head: Callable[[Disclosed], None]) -> None:
    """One measure's workshop beside all measures' levels, and how such levels did before.

    head  draws the page's statement and its row of views
    """
    codes = shop.units(request)
    unit = address.state("unit", codes[0], codes) or codes[0]
    next_levels = levels.levels_of(request, unit)
    listed = rows.typed(Level, next_levels.rows)
    told = [row for row in listed if row["level"] is not None]
    head(next_levels)
    _picks(request, codes, told)
    measure = address.state("measure", told[0]["measure"], _names(told)) if told else None
    with guard():
        if measure:
            one(request, unit, measure)
    with guard():
        grid = Grid(target_cells.LEVELS, target_cells.levels(listed)) if listed else None
        section(
            next_levels,
            "levels",
            title=f"All measures, figures of {unit}",
            grid=grid,
            below=next_levels.plain_notes,
        )
    with guard():
        before = past_levels.record(request, next_years.wait(request))
        lines = target_cells.record(rows.typed(Record, before.rows))
        grid = Grid(target_cells.RECORD, lines, open=target_cells.wholes(before)) if lines else None
        section(before, "record", subtitle=before.subtitle, grid=grid, below=before.plain_notes)


def _names(told: list[Level]) -> list[str]:
    return [row["measure"] for row in told]


def _picks(request: Request, codes: list[str], told: list[Level]) -> None:
    left, right = st.columns(2, gap="small")
    with left:
        address.pick(
            "Unit", "unit", codes, words=lambda code: names.unit(request.catalogue, code),
            hidden=True, clears=("level", "measure"),
        )  # fmt: skip
    with right:
        if told:
            address.pick(
                "Measure", "measure", _names(told), hidden=True, clears=("level",),
                words=lambda name: request.measures[name].name,
            )  # fmt: skip


def one(request: Request, unit: str, measure: str) -> None:
    """One measure: what past years came to, the next year's band, and the level that is typed."""
    about = request.measures[measure]
    typed, remark = _asked(about)
    workbench = shop.workshop(request, unit, measure, typed)
    if workbench is None:
        return
    with card("workshop", workbench.levels.title, workbench.levels.subtitle):
        left, right = st.columns([0.62, 0.38], gap="medium")
        with right:
            _typed(about, workbench)
            note(remark)
            lines = target_cells.chances(rows.typed(Line, workbench.levels.rows))
            table(target_cells.CHANCES, lines, caption=workbench.levels.title)
        with left:
            spec = chart.spec_for(workbench.levels, about.unit)
            result(
                workbench.levels,
                "workshop",
                [KEY],
                Picture(spec, chart.data(workbench.levels), office=YEARS[about.unit]),
            )


KEY = (
    "Bar: what a year came to; band: the next, four times in five; line: the level for 80 of 100; "
    "dashed: the level typed."
)
YEARS = {
    unit: Native("bar", "label", (Series("value", "Came to"), Series("level", "Level")), unit)
    for unit in ("n", "percent")
}


def _asked(about: Measure) -> tuple[float | None, str]:
    """The level that the address asks for, in the measure's own unit, and a remark on it."""
    said = st.query_params.get("level")
    if said is None:
        return None, ""
    try:
        value = float(said)
    except ValueError:
        return None, f"The link asks for the level {said}, which is no number."
    if not 0 <= value < float("inf"):
        return None, f"The link asks for the level {said}: a level is 0 or more."
    return (value / 100 if about.is_rate else value), ""


def _typed(about: Measure, workbench: shop.Workshop) -> None:
    """The field for a level, and the chance of it beside."""
    per_cent = about.is_rate
    shown = workbench.level if workbench.typed is None else workbench.typed
    # The address leads: a link may have changed it since the field was last drawn.
    st.session_state[LEVEL] = round(100 * shown, 1) if per_cent else float(round(shown))
    side = "at least" if about.better == "higher" else "at most"
    st.number_input(
        f"What if it were {side} … {'%' if per_cent else ''}".rstrip(),
        min_value=0.0,
        step=0.1 if per_cent else 1.0,
        format="%.1f" if per_cent else "%.0f",
        key=LEVEL,
        on_change=_follow,
    )
    chance = workbench.chance if workbench.chance is not None else workbench.promised
    html(
        stack(
            big(numbers.chance(chance)),
            small(phrases.sentence(workbench.sentence or "the level for 80 of 100 years")),
        )
    )


def _follow() -> None:
    address.put("level", f"{st.session_state[LEVEL]:g}")
