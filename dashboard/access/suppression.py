"""Small numbers about people: hidden, and hidden so that nothing shown gives them back.

A count of 1 to 4 is never shown ([c]); so are the cells without which it could be narrowed.
Threshold: house setting (statistics.md §4: hide 1 to 4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from dashboard.access.disclosure import People

if TYPE_CHECKING:
    from dashboard.stats.cell_suppression import Sum

CONFIDENTIAL = "[c]"
SMALLEST = 5  # the smallest count, but for 0, that is shown

Named = TypeVar("Named")
Cell = tuple[int, int]
Cells = dict[Cell, int]


def small(count: float) -> bool:
    """Whether a count is hidden for itself: 1 to 4."""
    return 0 < count < SMALLEST


def pattern(
    counts: Mapping[Named, int],
    sums: Iterable[Sum[Named]],
    *,
    public: Collection[Named] = (),
    known: Iterable[Collection[Named]] = (),
) -> frozenset[Named] | None:
    """The cells to hide; None where nothing may be shown, as no pattern protects the small ones.

    counts, sums, public, known  as cell_suppression.pattern takes them
    """
    from dashboard.stats import cell_suppression  # late: SciPy's optimisers, for small numbers only

    try:
        return cell_suppression.pattern(
            counts, sums, largest=SMALLEST - 1, public=public, known=known
        )
    except cell_suppression.Unprotected:
        return None


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
    withheld = pattern(cells, sums)
    return frozenset(cells) if withheld is None else withheld, cells


def _with_totals(table: Sequence[Sequence[int]]) -> Cells:
    if not table or not table[0]:
        return {}
    rows = [[*row, sum(row)] for row in table]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}


def small_ones(rows: pa.Table, people: People) -> bool:
    """Whether a result shows a count of 1 to 4 people of a group."""
    groups = (
        rows.column("group").to_pylist() if "group" in rows.column_names else [None] * len(rows)
    )
    return any(
        count is not None and small(count) and group not in people.nobody
        for name in people.columns
        for count, group in zip(rows.column(name).to_pylist(), groups, strict=True)
    )
