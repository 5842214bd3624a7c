"""The sections of the equality page: each asks one report and draws what it gives."""

from __future__ import annotations

import streamlit as st

from dashboard import rows
from dashboard.charts import forest
from dashboard.reports import Request
from dashboard.reports.equality import completeness, counted, groups, ratios, staff, telling
from dashboard.ui.equality import cells
from dashboard.ui.kit import address
from dashboard.ui.kit.section import Grid, Picture, card, note, result, section, statement
from dashboard.ui.shell.incidents import guard
from dashboard.words import phrases


def page(request: Request) -> None:
    """Completeness first; victims and outcomes by one field; who works in the units."""
    if reason := telling.withheld(request):
        statement("No counts of people by group stand here", reason)
        return
    if reason := completeness.why_none(request):
        statement("Whom crime touches is not known here [x]", "")
        with card("victims", "Victims"):
            note(reason)
        with guard():
            workforce(request)
        return
    coverage = completeness.completeness(request)
    statement(coverage.title, coverage.subtitle)
    left, right = st.columns([0.36, 0.64], gap="small")
    field = address.state("by", "victim_ethnicity", list(counted.FIELDS)) or "victim_ethnicity"
    with left, guard():
        complete(request)
    with right, guard():
        outcomes(request, field)
    with left, guard():
        workforce(request)
    with right, guard():
        victims(request, field)


def complete(request: Request) -> None:
    coverage = completeness.completeness(request)
    section(
        coverage,
        "completeness",
        title="How complete the records are",
        grid=Grid(cells.COMPLETE, cells.complete(rows.typed(completeness.Complete, coverage.rows))),
        notes=coverage.plain_notes,
    )


def outcomes(request: Request, field: str) -> None:
    """Each group against the reference group, and like for like."""
    group_ratios = ratios.ratios(request, field)
    with card("outcomes", group_ratios.title):
        said, lists = st.columns([0.76, 0.24], vertical_alignment="center")
        with lists:
            address.pick(
                "By", "by", list(counted.FIELDS), words=counted.FIELDS.__getitem__, hidden=True
            )
        with said:
            note(f"{phrases.sentence(group_ratios.subtitle)}.")
        words = cells.parts(rows.typed(ratios.Ratio, group_ratios.rows))
        drawn = forest.data(forest.LIKE, group_ratios.rows, words)
        height = drawn["rows"].num_rows
        picture = Picture(forest.spec(forest.LIKE, height), drawn, "forest") if height else None
        grid = Grid(
            cells.RATIOS,
            cells.ratios(rows.typed(ratios.Ratio, group_ratios.rows)),
            folded=bool(picture),
        )
        result(
            group_ratios,
            f"outcomes-{field}",
            picture=picture,
            grid=grid,
            below=group_ratios.plain_notes,
        )


def victims(request: Request, field: str) -> None:
    victim_counts = groups.victims(request, field)
    section(
        victim_counts,
        "victims",
        lead=[f"{victim_counts.subtitle}."],
        grid=Grid(
            *cells.cross(
                rows.typed(groups.Cross, victim_counts.rows), counted.groups(request, field)
            ),
            cards=True,
        ),
        file=f"victims-{field}",
    )


def workforce(request: Request) -> None:
    staffing = staff.workforce(request)
    if not staffing.rows.num_rows:
        with card("workforce", staffing.title):
            note("No strength returns are loaded (kind strength).")
        return
    grid = Grid(cells.STAFF, cells.staff(rows.typed(staff.Staff, staffing.rows)), cards=True)
    section(
        staffing, "workforce", lead=[f"{staffing.subtitle}."], grid=grid, notes=staffing.plain_notes
    )
