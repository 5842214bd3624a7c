"""Small numbers about people: hidden, and hidden so that nothing shown gives them back.

A count of 1 to 4 is never shown ([c]); so are the cells without which it could be narrowed.
Threshold: house setting (statistics.md §4: hide 1 to 4).
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.stats.cell_suppression import Unprotected, pattern

CONFIDENTIAL = "[c]"
SMALLEST = 5  # the smallest count, but for 0, that is shown

Cell = tuple[int, int]
Cells = dict[Cell, int]


def small(count: float) -> bool:
    """Whether a count is hidden for itself: 1 to 4."""
    return 0 < count < SMALLEST


def hidden(table: Sequence[Sequence[int]]) -> tuple[frozenset[Cell], Cells]:
    """Which cells of a two-way table of counts are hidden, its totals among them.

    table   rows of equal length, without totals
    return  hidden cells as (row, column), all of them where no pattern was found; and all cells
            with their counts. Row `len(table)` holds the column totals, column `len(table[0])`
            the row totals.
    """
    cells = _with_totals(table)
    if not cells:
        return frozenset(), cells
    rows, columns = range(len(table)), range(len(table[0]))
    last_row, last_column = len(table), len(table[0])
    sums: list[tuple[Cell, list[Cell]]] = [
        *(((i, last_column), [(i, j) for j in columns]) for i in (*rows, last_row)),
        *(((last_row, j), [(i, j) for i in rows]) for j in (*columns, last_column)),
    ]
    try:
        return pattern(cells, sums, largest=SMALLEST - 1), cells
    except Unprotected:
        return frozenset(cells), cells


def _with_totals(table: Sequence[Sequence[int]]) -> Cells:
    if not table or not table[0]:
        return {}
    rows = [[*row, sum(row)] for row in table]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}
