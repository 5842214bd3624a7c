"""The sections of the information quality page: each asks one report and draws what it gives."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import rows
from dashboard.charts import triangle
from dashboard.reports import Disclosed, Request
from dashboard.reports.quality import (
    balance,
    growth,
    rate_checks,
    reconciliation,
    revision,
    to_put_right,
)
from dashboard.reports.quality import faults as quality
from dashboard.reports.quality import imports as imports_report
from dashboard.reports.request.accounts import Account
from dashboard.ui.kit import address, paging, views
from dashboard.ui.kit.section import Grid, Picture, card, note, section, statement
from dashboard.ui.quality import cells, figure_cells
from dashboard.ui.shell.incidents import guard
from dashboard.words import names

VIEWS = {
    "faults": "Open faults",
    "delays": "Delays and balance",
    "revisions": "Revisions",
    "reconciliation": "Reconciliation and imports",
}
LIST_HEIGHT = 244  # pixels of a list that scrolls inside its card
ALL = "all"


def header(
    title: str,
    subtitle: str,
    pick: Callable[[], object] | None = None,
) -> None:
    """The statement of the view; below it the choice of view, and a list of its own at the right.

    pick  draws that list
    """
    statement(title, subtitle)
    left, right = st.columns([0.68, 0.32], gap="small", vertical_alignment="center")
    with left:
        views.row("View", "view", VIEWS)
    if pick:
        with right:
            pick()


def view() -> str:
    """The view that the address asks for."""
    return views.chosen("view", VIEWS)


def faults(request: Request) -> None:
    """What is open by kind, the worklist beside it, and all units below."""
    if reason := quality.without(request):
        header("Faults on crime reports [x]", "")
        with card("faults", "Open faults"):
            note(reason)
        return
    unit = quality.unit_of(request, st.query_params.get("unit"))
    rules = quality.rules(request)
    fault = st.query_params.get("fault")
    fault = fault if fault in rules else None
    fault_kinds = quality.kinds(request, unit)
    header(
        fault_kinds.title,
        fault_kinds.subtitle,
        lambda: address.pick(
            "Unit",
            "unit",
            quality.units(request),
            default=unit,
            words=lambda code: names.unit(request.catalogue, code),
            hidden=True,
        ),
    )
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, guard():
        kinds(fault_kinds, fault)
    with right, guard():
        worklist(request, unit, fault)
    with guard():
        matrix(request, rules)


def kinds(fault_kinds: Disclosed, fault: str | None) -> None:
    kinds = rows.typed(quality.Kind, fault_kinds.rows)
    marks = ["chosen" if row["fault"] == fault else "" for row in kinds]
    grid = Grid(cells.KINDS, cells.kinds(kinds, fault), marks, cards=True)
    section(
        fault_kinds,
        "kinds",
        title="By kind of fault",
        grid=grid,
        notes=fault_kinds.plain_notes,
        file="open-faults",
    )


def worklist(request: Request, unit: str, fault: str | None) -> None:
    page = paging.asked()
    reports = to_put_right.worklist(request, unit, fault, page)
    if reports is None:
        with card("worklist", "Worklist"):
            note(f"Records of {unit} are never shown.")
        return
    empty = "No report waits to be put right." if page == 1 else "The list ends before here."
    section(
        reports,
        "worklist",
        lead=() if reports.rows.num_rows else (empty,),
        grid=Grid(
            cells.WORKLIST,
            cells.worklist(request, rows.typed(to_put_right.Report, reports.rows)),
            height=LIST_HEIGHT,
            cards=True,
        ),
        tools=lambda: paging.turns(reports, page),
    )


def matrix(request: Request, rules: dict[str, str]) -> None:
    by_unit = quality.by_unit(request)
    section(
        by_unit,
        "matrix",
        subtitle=by_unit.subtitle,
        grid=Grid(*cells.matrix(rows.typed(quality.OfUnit, by_unit.rows), rules), cards=True),
        notes=["Beside each count its share of the reports that the rule looks at."],
        file="faults-by-unit",
    )


def delays(request: Request) -> None:
    """How long reports wait, and detection rates beside no-crimes and reclassifications."""
    if not quality.has_records(request):
        header("Delays and balancing pairs [x]", "")
        with card("delays", "Delays"):
            note("No crime reports are loaded: published counts tell no delays.")
        return
    unit_delays = balance.delays(request)
    header(unit_delays.title, unit_delays.subtitle)
    with guard():
        grid = Grid(
            cells.DELAYS,
            cells.delays(rows.typed(balance.Delay, unit_delays.rows), list(balance.STEPS)),
            cards=True,
        )
        section(
            unit_delays, "delays", title="Days that pass", grid=grid, notes=unit_delays.plain_notes
        )
    with guard():
        pairs = balance.balance(request)
        section(
            pairs,
            "balance",
            subtitle=pairs.subtitle,
            grid=Grid(
                cells.BALANCE, cells.balance(rows.typed(balance.Balance, pairs.rows)), cards=True
            ),
            notes=pairs.plain_notes,
            file="balancing-pairs",
        )


def revisions(request: Request) -> None:
    """The triangle of a measure, and how much its recent periods still grow."""
    names = revision.measures(request)
    first = revision.default(request)
    if first is None:
        header("Nothing is loaded that could be revised [x]", "")
        return
    measure = address.state("measure", first, list(names)) or first
    revised = revision.triangle(request, measure)
    header(
        revised.title,
        revised.subtitle,
        lambda: address.pick(
            "Measure", "measure", list(names), default=first, words=names.__getitem__, hidden=True
        ),
    )
    left, right = st.columns([0.6, 0.4], gap="small")
    with left, guard():
        months = len({row["period_start"] for row in rows.typed(revision.Cell, revised.rows)})
        section(
            revised,
            "triangle",
            title="From snapshot to snapshot",
            picture=Picture(triangle.spec(months), triangle.data(revised)),
            below=[
                "Grey: known for the first time; blue: more, orange: fewer than at the as-at"
                " before.",
                *revised.plain_notes,
            ],
            file=f"{measure}-revisions",
        )
    with right, guard():
        factors = growth.provisional(request, measure)
        section(
            factors,
            "growth",
            lead=[f"{factors.subtitle}."],
            grid=Grid(
                figure_cells.GROWTH,
                figure_cells.growth(rows.typed(growth.Growth, factors.rows)),
                cards=True,
            ),
            below=factors.plain_notes,
            file=f"{measure}-growth",
        )


def reconciled(request: Request) -> None:
    """Corporate figures against the records, printed rates against their parts, imports."""
    reason = reconciliation.why_none(request)
    figures = None if reason else reconciliation.figures(request)
    if figures is None:
        header("Nothing to reconcile [x]", "")
    else:
        header(figures.title, figures.subtitle)
    left, right = st.columns([0.58, 0.42], gap="small")
    name = "Corporate figures and the records"
    if figures is None:
        with left, card("figures", name):
            note(reason)
    else:
        with left, guard():
            lines = figure_cells.figures_of(rows.typed(reconciliation.Signed, figures.rows))
            grid = Grid(figure_cells.FIGURES, lines, height=LIST_HEIGHT + 196, cards=True)
            section(
                figures,
                "figures",
                title=name,
                grid=grid,
                notes=figures.plain_notes,
                file="reconciliation",
            )
        with right, guard():
            rates(request)
    with right, guard():
        imports(request)


def rates(request: Request) -> None:
    checks = rate_checks.rates(request)
    grid = Grid(
        figure_cells.RATES,
        figure_cells.rates(rows.typed(rate_checks.Check, checks.rows)),
        cards=True,
    )
    section(checks, "rates", lead=[f"{checks.subtitle}."], grid=grid, file="rate-check")


def imports(request: Request) -> None:
    rejected = imports_report.rejected(request)
    lines = figure_cells.imports(rows.typed(Account, rejected.rows))
    grid = Grid(figure_cells.IMPORTS, lines, cards=True) if lines else None
    section(
        rejected, "imports", lead=[f"{rejected.subtitle}."], grid=grid, notes=rejected.plain_notes
    )


SECTIONS = {
    "faults": faults,
    "delays": delays,
    "revisions": revisions,
    "reconciliation": reconciled,
}


def draw_view(request: Request) -> None:
    """The view that the address asks for."""
    SECTIONS[view()](request)
