"""Small numbers about people: hidden, and hidden so that totals do not give them back.

A count of 1 to 4 is never shown ([c]). Where the rest of its row or column and their totals
are, it could be worked out, so that other cells are hidden with it (secondary suppression).

Seen as a graph (rows and columns are its nodes, hidden cells its edges), a hidden cell can be
worked out from what is shown exactly if its edge lies on no cycle: along a cycle one may be
added and taken in turn without changing any total. Cells hidden with it hold at least 1
wherever there are such, so that the counts that are possible stay 0 or more.

source  Kelly, Golden & Assad, Cell suppression (Networks 22, 1992); threshold: house setting
        (statistics.md §4: hide 1 to 4).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

CONFIDENTIAL = "[c]"
SMALLEST = 5  # the smallest count, but for 0, that is shown
MARGIN_COST = 1_000_000  # a total is hidden only where no other cell helps
EMPTY_COST = 1_000_000_000  # a 0 that is hidden protects least

Cell = tuple[int, int]
Cells = dict[Cell, int]


def small(count: float) -> bool:
    """Whether a count is hidden for itself: 1 to 4."""
    return 0 < count < SMALLEST


def hidden(table: Sequence[Sequence[int]]) -> tuple[frozenset[Cell], Cells]:
    """Which cells of a two-way table of counts are hidden, its totals among them.

    table   rows of equal length, without totals
    return  hidden cells as (row, column); and all cells with their counts. Row `len(table)`
            holds the column totals, column `len(table[0])` the row totals.
    """
    cells = _with_totals(table)
    found = {cell for cell, count in cells.items() if small(count)}
    while bare := _uncovered(found):
        found |= _cover(bare, found, cells, len(table), len(table[0]))
    return frozenset(found), cells


def _with_totals(table: Sequence[Sequence[int]]) -> Cells:
    if not table or not table[0]:
        return {}
    rows = [[*row, sum(row)] for row in table]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}


def _uncovered(found: set[Cell]) -> Cell | None:
    """A hidden cell that can be worked out: an edge on no cycle; None where there is none."""
    for cell in sorted(found):
        if not _path(cell, {other: 0 for other in found if other != cell}):
            return cell
    return None


def _cover(
    bare: Cell, found: set[Cell], cells: Cells, last_row: int, last_column: int
) -> set[Cell]:
    """The cheapest cells that put `bare` on a cycle: few people, no totals, no zeros."""

    def cost(cell: Cell) -> int:
        if cell in found:
            return 0
        margin = MARGIN_COST if cell[0] == last_row or cell[1] == last_column else 0
        return margin + (cells[cell] or EMPTY_COST)

    return set(_path(bare, {cell: cost(cell) for cell in cells if cell != bare}))


def _path(cell: Cell, costs: dict[Cell, int]) -> list[Cell]:
    """The cheapest way from the cell's row to its column over other cells; [] without one."""
    start, goal = ("row", cell[0]), ("column", cell[1])
    near: dict[tuple[str, int], list[tuple[tuple[str, int], Cell]]] = {}
    for other in costs:
        row, column = ("row", other[0]), ("column", other[1])
        near.setdefault(row, []).append((column, other))
        near.setdefault(column, []).append((row, other))
    queue: list[tuple[int, int, tuple[str, int], list[Cell]]] = [(0, 0, start, [])]
    seen: set[tuple[str, int]] = set()
    while queue:
        spent, steps, node, way = heapq.heappop(queue)
        if node == goal:
            return way
        if node in seen:
            continue
        seen.add(node)
        for other_node, other in near.get(node, []):
            if other_node not in seen:
                entry = (spent + costs[other], steps + 1, other_node, [*way, other])
                heapq.heappush(queue, entry)
    return []
