"""The sections of the strategic page: each asks one report and draws what it gives."""

from __future__ import annotations

from collections.abc import Callable

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import strategy as drawn
from dashboard.export import Native
from dashboard.export.forms.native import Series
from dashboard.reports import Request, remarks
from dashboard.reports.decisions.board import Decided
from dashboard.reports.strategy import achieved as results
from dashboard.reports.strategy import capacity as able
from dashboard.reports.strategy import harm as weighed
from dashboard.reports.strategy import needs as needed
from dashboard.reports.strategy import priorities as plans
from dashboard.reports.strategy.achieved import Achieved
from dashboard.reports.strategy.capacity import Capacity
from dashboard.reports.strategy.harm import Offence, Unit
from dashboard.reports.strategy.needs import Need
from dashboard.reports.strategy.priorities import Priority
from dashboard.ui.kit import address, views
from dashboard.ui.kit.markup import link, tag
from dashboard.ui.kit.section import Grid, Picture, html, note, section, statement
from dashboard.ui.shell.incidents import guard
from dashboard.ui.strategy import cells, targets, unit_cells

VIEWS = {
    "priorities": "Priorities",
    "capacity": "Capacity",
    "harm": "Harm",
    "targets": "Next year’s targets",
    "needs": "Development needs",
}


def page(request: Request) -> None:
    """The view that the address asks for: its statement, its picture, its figures."""
    VIEW[views.chosen("view", VIEWS)](request)


def _head(shown: Disclosed) -> None:
    statement(shown.title, shown.subtitle)
    wall = address.link_to("meeting", agenda="strategy", view=None, level=None)
    html(tag("p", link(wall, "Meeting mode"), class_="onward"))
    views.row("View", "view", VIEWS)


def priorities(request: Request) -> None:
    """Priorities over years with the year's end, and what decisions achieved."""
    priority_measures = remarks.beside(request, plans.priorities(request), year=True)
    _head(priority_measures)
    measures, lead = (
        rows.typed(Priority, priority_measures.rows),
        list(plans.leads(priority_measures)),
    )
    known = [row for row in measures if _known(row)]
    measures = known + [row for row in measures if not _known(row)]
    with guard():
        section(
            priority_measures,
            "priorities",
            title="A measure of each priority, year by year" if lead else priority_measures.title,
            lead=[KEY] if lead else [],
            picture=Picture(*drawn.priorities(lead)) if lead else None,
            grid=Grid(
                cells.priority_columns(measures),
                cells.priorities(request, measures),
                open=len(known),
            ),
            below=[*remarks.sentences(priority_measures, "name"), *priority_measures.plain_notes],
        )
    with guard():
        done = results.achieved(request)
        lines = cells.achieved(rows.typed(Achieved, done.rows))
        grid = Grid(cells.ACHIEVED, lines) if lines else None
        section(done, "achieved", subtitle=done.subtitle, grid=grid, below=done.plain_notes)
    with guard():
        each = results.results(request)
        lines = cells.results(rows.typed(Decided, each.rows))
        section(each, "results", grid=Grid(cells.RESULTS, lines, cards=True) if lines else None)


def _known(row: Priority) -> bool:
    """Whether there is a figure or a target to show; measures without stand folded below."""
    figures = (*row["values"], row["value"], row["target"])
    return any(item is not None for item in figures)


KEY = (
    "Bar: what a year came to, pale before the measure changed its meaning; at the year’s end: "
    "where it is expected, the band that holds four of five, and the target as a mark."
)


def capacity(request: Request) -> None:
    """Where a move would hurt least: demand beside capacity, and the reason."""
    capacities = able.capacity(request)
    _head(capacities)
    units = rows.typed(Capacity, capacities.rows)
    with guard():
        section(
            capacities,
            "capacity",
            title="Where a move would hurt least first",
            lead=[
                "Open reports and days of sickness a filled post, overtime of its profile; "
                "mark: open a year ago, and the profile."
            ],
            picture=Picture(
                *drawn.capacity(capacities), office=BACKLOG, ways=unit_cells.of_units(units)
            ),
            grid=Grid(unit_cells.CAPACITY, unit_cells.capacity(units), cards=True),
            below=capacities.plain_notes,
        )
    with guard():
        section(
            capacities,
            "flow",
            title="Open a year ago, and since: come, closed, open now",
            grid=Grid(unit_cells.FLOW, unit_cells.flow(units)),
            file="open-reports",
        )


TOTALS = {"ocu": "", "total": "chosen"}  # classes of rows
BACKLOG = Native("bar", "unit_code", (Series("per_post", drawn.CAPACITY[0]),), "n")


def harm(request: Request) -> None:
    """What reports weigh, beside how many there are."""
    by_unit = weighed.units(request)
    _head(by_unit)
    units = rows.typed(Unit, by_unit.rows)
    weights = any(row["weighed"] for row in units)
    with guard():
        section(
            by_unit,
            "harm",
            title="By unit, most harm first" if weights else by_unit.title,
            picture=Picture(*drawn.harm(units)) if weights else None,
            grid=Grid(unit_cells.HARM, unit_cells.harm(units)) if units else None,
            below=by_unit.plain_notes,
        )
    with guard():
        each = weighed.offences(request)
        lines = unit_cells.weights(rows.typed(Offence, each.rows))
        grid = Grid(unit_cells.WEIGHTS, lines, open=OPEN) if lines else None
        section(each, "harm-by-offence", grid=grid)


OPEN = 12  # offences that stand open; the rest are folded below them


def needs(request: Request) -> None:
    """Reviews, vetting and areas for improvement of each unit."""
    unit_needs = needed.needs(request)
    units = rows.typed(Need, unit_needs.rows)
    _head(unit_needs)
    with guard():
        section(
            unit_needs,
            "needs",
            title="By unit",
            grid=Grid(
                unit_cells.NEEDS, unit_cells.needs(units), [TOTALS[row["kind"]] for row in units]
            ),
            below=unit_needs.plain_notes,
        )
        note("Areas for improvement in full: the page Accountability.")


def workshop(request: Request) -> None:
    """Next year's targets."""
    targets.workshop(request, _head)


VIEW: dict[str, Callable[[Request], None]] = {
    "priorities": priorities,
    "capacity": capacity,
    "harm": harm,
    "targets": workshop,
    "needs": needs,
}
