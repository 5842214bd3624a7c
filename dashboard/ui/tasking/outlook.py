"""Sections 3 to 6 of the tasking page: what is coming, the plan, the data, and what to decide."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.tasking import bar_items, bar_rows, fitness, to_decide
from dashboard.ui.kit import address, section
from dashboard.ui.kit.markup import link
from dashboard.ui.kit.section import Grid
from dashboard.ui.tasking import bar_cells, cells
from dashboard.words.names import window_word

OPEN = 5  # rows that stand open


def coming(request: Request, found: Disclosed, part: int | None) -> None:
    """The next window's band against the last one: the first of each priority, then the others."""
    rows = bar_rows.ahead(found.rows.to_pylist())
    first = {row["aside"]: row for row in reversed(rows)}
    leading = [row for row in rows if row is first[row["aside"]]]
    others = [row for row in rows if row is not first[row["aside"]]]
    shown = bar_cells.coming(request, [*leading, *others])
    section.section(
        found,
        "coming",
        part=part,
        title=bar_items.coming_title(rows),
        grid=Grid(bar_cells.COMING, shown, open=len(leading) if len(leading) > 1 else OPEN),
        below=[f"Bar: the last {window_word()}; shade: the next one, four times in five."],
        notes=found.plain_notes,
        file="next-fortnight",
    )


def pressure(found: Disclosed, part: int | None) -> None:
    """Pressure and capacity by OCU: those with alerts first, the others folded."""
    rows = found.rows.to_pylist()
    pressed = sum(bool(row["alerts"]) for row in rows)
    section.section(
        found,
        "pressure",
        part=part,
        grid=Grid(bar_cells.PRESSURE, bar_cells.pressure(rows), open=max(pressed, 3)),
        notes=found.plain_notes,
        file="pressure-and-capacity",
    )


def plan(request: Request, found: Disclosed, part: int | None) -> None:
    """Section 4: the targets, likeliest misses first; where there is none, the measures."""
    found = remarks.beside(request, found, year=True)
    listed = found.rows.to_pylist()
    aimed = bar_rows.objectives(listed)
    if aimed:
        missed, others = bar_rows.by_outlook(aimed)
        shown = bar_cells.plan(request, [*missed, *others])
        grid = Grid(bar_cells.PLAN, shown, open=max(len(missed), OPEN))
    else:
        grid = Grid(bar_cells.LINES, bar_cells.lines(request, bar_rows.lines(listed)))
    section.section(
        found,
        "objectives",
        part=part,
        title=bar_items.all_targets(aimed) if aimed else found.title,
        grid=grid,
        below=[bar_items.PLAN_KEY] if aimed else [],
        notes=["; ".join(found.plain_notes)],
        file="objectives",
    )


def fit(request: Request, found: Disclosed, quiet: Sequence[str]) -> None:
    """Section 5: one line; open where something is unfit.

    quiet  what sections without anything to show would have said
    """
    rows, unfit = found.rows.to_pylist(), fitness.unfit(request)
    briefly = " · ".join(f"{row['label'].lower()}: {row['value']}" for row in rows)
    section.section(
        found,
        "fit",
        part=5,
        title=fitness.statement(request),
        subtitle="" if unfit else briefly,
        grid=Grid(cells.FITNESS, cells.fitness(rows), folded=not unfit),
        below=[f"{words}." for words in quiet],
        file="data-fitness",
    )


def decide(request: Request) -> None:
    """Section 6: what asks for a decision, and what was decided here already."""
    said = to_decide.read_back(request, to_decide.questions(request))
    section.section(
        to_decide.decided(request),
        "decide",
        part=6,
        title=said.title,
        grid=Grid(cells.QUESTIONS, cells.questions(said.rows)) if said.rows else None,
        below=[said.sentence],
        tools=_by_hand,
        file="decided-here",
    )


def _by_hand() -> None:
    href = address.link_to("decisions", **{"raise": "hand"})
    section.ways(link(href, "Decide by hand"))
