"""The sections of the overtime page: each asks one report and draws what it gives."""

from __future__ import annotations

import streamlit as st

from dashboard import rows
from dashboard.access.disclosure import BESIDE
from dashboard.catalogue import ours
from dashboard.charts import budget, waterfall
from dashboard.decisions.fields import STAR_CHAMBER
from dashboard.errors import NotFoundError
from dashboard.periods import day_words
from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.decisions import acts
from dashboard.reports.decisions.board import Decided
from dashboard.reports.overtime import board as overtime
from dashboard.reports.overtime import breakdown as overtime_breakdown
from dashboard.reports.overtime import course as overtime_course
from dashboard.reports.overtime import decided as overtime_decided
from dashboard.reports.overtime import exceptions, finance, outcomes, teams, use
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.board import Board, units
from dashboard.reports.spending.ledgers import Ledger
from dashboard.ui.kit import explaining, views
from dashboard.ui.kit.address import link_to, pick
from dashboard.ui.kit.markup import Html, join, link, tag
from dashboard.ui.kit.section import Grid, Picture, html, note, section, statement, ways
from dashboard.ui.overtime import cells as rows_of
from dashboard.ui.shell.incidents import end, guard
from dashboard.words import phrases

TABS = {
    "budget": "Budget",
    "teams": "Teams",
    "exceptions": "Exceptions",
    "outcomes": "Beside outcomes",
    "finances": "Finances",
}
CHART_HEIGHT = 172


def chosen(request: Request) -> tuple[str, str]:
    """The unit of the address and a remark on it; where it names none, says so and stops."""
    try:
        return overtime.unit_of(request, st.query_params.get("unit"))
    except NotFoundError as error:
        statement("The unit of this link is not known", "")
        note(f"As at {day_words(request.as_at)}, {error}.", "These are here:")
        links = [
            tag("li", link(link_to("overtime", unit=code), words.unit_words(request, code)))
            for code in overtime.units(request)
        ]
        html(tag("ul", *links))
        end()


def heading(request: Request, overtime_board: Board, unit: str, shown: str) -> tuple[str, str]:
    """The sentence over a part of the page, and what it stands on."""
    rules = exceptions.exceptions(request, unit) if shown == "exceptions" else None
    about: Disclosed | None = {
        "teams": teams.teams(request, unit) if shown == "teams" else None,
        "exceptions": rules.summary if rules else None,
        "outcomes": outcomes.beside(request) if shown == "outcomes" else None,
        "finances": finance.finances(request, unit) if shown == "finances" else None,
    }.get(shown)
    if shown == "outcomes" and about and unit != ours().directorate:
        return outcomes.heading(request, unit), about.subtitle
    if about is None:
        return overtime_board.statement, overtime_board.substatement
    return about.title, about.subtitle


def header(request: Request, unit: str, remark: str, title: str, subtitle: str) -> None:
    """The sentence beside the list of units, and what it stands on below."""
    name, lists = st.columns([0.76, 0.24], gap="small", vertical_alignment="center")
    with name:
        statement(title)
    with lists:
        pick(
            "Unit",
            "unit",
            overtime.units(request),
            default=unit,
            words=lambda code: words.unit_words(request, code),
            hidden=True,
        )
    html(tag("p", subtitle, class_="substatement"))
    note(remark)


def tab() -> str:
    """The part of the page that the address names."""
    return views.chosen("tab", TABS)


def tabs() -> None:
    """The parts of the page as a row of choices."""
    views.row("Part of the page", "tab", TABS)


def without(request: Request, unit: str) -> None:
    """The words in place of everything where no overtime is loaded."""
    header(request, unit, "", "No overtime is loaded", f"as at {day_words(request.as_at)}")
    command = tag("code", "python -m dashboard import overtime FILE")
    note(
        "Overtime comes from the claims system and has no published source.",
        join(
            [
                "Import the claims with",
                command,
                "and likewise overtime_budget, finance and strength, then publish a snapshot.",
            ]
        ),
    )


def board(request: Request, overtime_board: Board, unit: str) -> None:
    """Who will overspend, by how much, and why."""
    shown = remarks.beside(request, overtime_board.rows, year=True)
    listed = rows.typed(overtime.Explained, shown.rows)
    said = f"Budgets illustrative: no paper with those of {ours().directorate} was found."
    key = "Bar: spent; shade: where the year ends four times in five; mark: the year's budget."

    def tools() -> None:
        if acts.may(request):
            ways(decide(unit))
        spoken = remarks.all_remarks(request)
        explaining.one_of(request, overtime.standouts(request, overtime_board), spoken, "board")

    section(
        shown,
        "overtime-board",
        grid=Grid(
            rows_of.BOARD,
            rows_of.board(listed, units(request)),
            rows_of.totals(row["kind"] for row in listed),
            cards=True,
        ),
        notes=[key, said if request.sample else ""],
        tools=tools,
    )


def last_time(request: Request, unit: str) -> None:
    """What the last Star Chambers decided of the unit: the agenda begins with it, where there is
    anything."""
    decisions = overtime_decided.last_time(request, unit)
    here = rows.typed(Decided, overtime_decided.here(request, unit).rows)
    before = rows.typed(Decided, decisions.rows)
    if not before and not here:
        return
    title = "What did we decide last time?" if before else "Decided at this meeting"
    section(
        decisions,
        "overtime-decided",
        title=title,
        subtitle=decisions.title if before else "",
        grid=Grid(rows_of.DECIDED, rows_of.decided([*before, *here]), cards=True),
    )


def moved(request: Request, ledger: Ledger, unit: str) -> None:
    """Budget moved from unit to unit, both sides; nothing where none was."""
    moves = overtime_decided.moved(request, ledger, unit)
    sides = rows.typed(overtime_decided.Moved, moves.rows)
    if not sides:
        return
    totals = rows_of.totals(row["kind"] for row in sides)
    section(
        moves,
        "overtime-moved",
        subtitle=moves.subtitle,
        grid=Grid(rows_of.MOVED, rows_of.moved(sides), totals, cards=True),
        notes=[f"{phrases.sentence(item)}." for item in moves.plain_notes],
    )


def decide(unit: str, rule: str | None = None) -> Html:
    """The way to a decision of the Star Chamber on a unit's money."""
    href = link_to("decisions", **{"raise": STAR_CHAMBER}, unit=unit, rule=rule)
    return link(href, "Decide", label=f"Decide on the overtime of {unit}")


def course(request: Request, ledger: Ledger, unit: str) -> None:
    """Profile, spending and forecast added up over the year."""
    year_course = overtime_course.course(request, ledger, unit)
    picture = Picture(
        budget.spec_for(year_course, CHART_HEIGHT), budget.data(year_course), "course"
    )
    said = f"{'; '.join([year_course.subtitle, *year_course.noted(BESIDE)])}."
    section(year_course, "overtime-course", picture=picture, notes=[said])


def causes(request: Request, ledger: Ledger, unit: str) -> None:
    """What the difference so far is made of."""
    differences = overtime_breakdown.causes(request, ledger, unit)
    picture = Picture(
        waterfall.spec(differences.rows.num_rows), waterfall.data(differences), "causes"
    )
    section(differences, "overtime-causes", picture=picture, notes=[f"{differences.subtitle}."])


def breakdown(request: Request, ledger: Ledger, unit: str) -> None:
    """By month and by category, with the causes; by operation; an officer."""
    with guard():
        split = overtime_breakdown.months(request, ledger, unit)
        parts = rows.typed(overtime_breakdown.Part, split.rows)
        totals = rows_of.totals(row["kind"] for row in parts)
        section(
            split,
            "overtime-months",
            title="Month by month",
            grid=Grid(*rows_of.months(parts), totals, cards=True),
            notes=[f"{words.ORDER}."],
        )
    with guard():
        split = overtime_breakdown.categories(request, ledger, unit)
        parts = rows.typed(overtime_breakdown.Part, split.rows)
        totals = rows_of.totals(row["kind"] for row in parts)
        section(
            split,
            "overtime-categories",
            title="By category of claim",
            grid=Grid(*rows_of.categories(parts), totals, cards=True),
            notes=[f"{words.SHARED}."] if ledger.shared else (),
        )
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, guard():
        operations(request, ledger, unit)
    with right, guard():
        officers(request, ledger)


def operations(request: Request, ledger: Ledger, unit: str) -> None:
    """The operations that it was worked for."""
    by_operation = use.operations(request, ledger, unit)
    lines = rows_of.operations(rows.typed(use.Operation, by_operation.rows))
    grid = Grid(rows_of.OPERATIONS, lines, cards=True)
    section(by_operation, "overtime-operations", grid=grid)


def officers(request: Request, ledger: Ledger) -> None:
    """Pounds and hours an officer."""
    per_officer = use.officers(request, ledger)
    lines = rows_of.officers(rows.typed(use.Officers, per_officer.rows))
    grid = Grid(rows_of.officer_columns(), lines, cards=True)
    notes = [f"{phrases.sentence(item)}." for item in per_officer.plain_notes]
    section(per_officer, "overtime-officers", grid=grid, notes=notes)
