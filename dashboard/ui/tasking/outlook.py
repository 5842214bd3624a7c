"""Sections 3 to 6 of the tasking page: what is coming, the plan, the data, and what to decide."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import rows
from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.tasking import bar_items, bar_rows, fitness, to_decide
from dashboard.reports.tasking.board_rows import Explained
from dashboard.reports.tasking.forecasts import Coming
from dashboard.reports.tasking.pressures import Pressure
from dashboard.ui.kit import address, section
from dashboard.ui.kit.markup import link
from dashboard.ui.kit.section import Grid
from dashboard.ui.tasking import bar_cells, cells
from dashboard.words.names import window_word

OPEN = 5  # rows that stand open


def coming(request: Request, forecast: Disclosed, part: int | None) -> None:
    """The next window's band against the last one: the first of each priority, then the others."""
    ahead = bar_rows.ahead(rows.typed(Coming, forecast.rows))
    first = {item.bar["aside"]: item for item in reversed(ahead)}
    leading = [item for item in ahead if item is first[item.bar["aside"]]]
    others = [item for item in ahead if item is not first[item.bar["aside"]]]
    shown = bar_cells.coming(request, [*leading, *others])
    section.section(
        forecast,
        "coming",
        part=part,
        title=bar_items.coming_title(ahead),
        grid=Grid(bar_cells.COMING, shown, open=len(leading) if len(leading) > 1 else OPEN),
        below=[f"Bar: the last {window_word()}; shade: the next one, four times in five."],
        notes=forecast.plain_notes,
        file="next-fortnight",
    )


def pressure(able: Disclosed, part: int | None) -> None:
    """Pressure and capacity by OCU: those with alerts first, the others folded."""
    units = rows.typed(Pressure, able.rows)
    pressed = sum(bool(row["alerts"]) for row in units)
    section.section(
        able,
        "pressure",
        part=part,
        grid=Grid(bar_cells.PRESSURE, bar_cells.pressure(units), open=max(pressed, 3)),
        notes=able.plain_notes,
        file="pressure-and-capacity",
    )


def plan(request: Request, board: Disclosed, part: int | None) -> None:
    """Section 4: the targets, likeliest misses first; where there is none, the measures."""
    board = remarks.beside(request, board, year=True)
    listed = rows.typed(Explained, board.rows)
    aimed = bar_rows.objectives(listed)
    if aimed:
        missed, others = bar_rows.by_outlook(aimed)
        shown = bar_cells.plan(request, [*missed, *others])
        grid = Grid(bar_cells.PLAN, shown, open=max(len(missed), OPEN))
    else:
        grid = Grid(bar_cells.LINES, bar_cells.lines(request, bar_rows.lines(listed)))
    section.section(
        board,
        "objectives",
        part=part,
        title=bar_items.all_targets(aimed) if aimed else board.title,
        grid=grid,
        below=[bar_items.PLAN_KEY] if aimed else [],
        notes=["; ".join(board.plain_notes)],
        file="objectives",
    )


def fit(request: Request, strip: Disclosed, quiet: Sequence[str]) -> None:
    """Section 5: one line; open where something is unfit.

    quiet  what sections without anything to show would have said
    """
    lines, unfit = rows.typed(fitness.Fit, strip.rows), fitness.unfit(request)
    briefly = " · ".join(f"{row['label'].lower()}: {row['value']}" for row in lines)
    section.section(
        strip,
        "fit",
        part=5,
        title=fitness.statement(request),
        subtitle="" if unfit else briefly,
        grid=Grid(cells.FITNESS, cells.fitness(lines), folded=not unfit),
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
