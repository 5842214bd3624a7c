"""Which cells of tables that add up are hidden, so that no small count can be narrowed.

A count of 1 to `largest` is hidden (primary). What is shown and the sums leave it a range: other
cells are hidden with it (secondary) until each of 1 to `largest` is possible for everyone who
knows the sums, what is shown and this rule. Of all patterns that do so the one is taken that hides
the fewest people: a cell weighs its count, as that is what a reader loses by it. A 0 weighs more
than any total, for it can only rise, and often everybody knows it to be one.

source  Fischetti & Salazar, Solving the cell suppression problem on tabular data with linear
        constraints (Management Science 47, 2001); Willenborg & de Waal, Elements of statistical
        disclosure control (2001), chapter 4
"""

from __future__ import annotations

import time
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from dashboard.stats.suppression_search import Search, System, Unprotected

__all__ = ["Sum", "Unprotected", "pattern"]

Cell = TypeVar("Cell", bound=Hashable)
Sum = tuple[Cell, Sequence[Cell]]
SECONDS = 60.0  # of the processor, so that a busy machine withholds nothing


def pattern(
    counts: Mapping[Cell, int],
    sums: Iterable[Sum[Cell]],
    *,
    largest: int,
    public: Collection[Cell] = (),
    known: Iterable[Collection[Cell]] = (),
    seconds: float = SECONDS,
) -> frozenset[Cell]:
    """The cells to hide.

    counts   every cell's count, 0 or more; each cell of `sums` has one
    sums     a cell, and the cells that it is the sum of
    largest  a count of 1 to this is hidden, and stays any of 1 to this for an attacker
    public   cells that everybody can know from elsewhere: never hidden, small or not
    known    cells that somebody knows beside what is shown, a collection a person: what is hidden
             from that person keeps every value that it had were all else hidden
    seconds  of this thread's processor time after which it gives up
    raises   Unprotected where no pattern protects, or none is found in time
    """
    until = time.thread_time() + seconds
    fixed = frozenset(public)
    small = {cell for cell, count in counts.items() if 0 < count <= largest} - fixed
    views = [frozenset(), *(frozenset(cells) for cells in known)]
    hidden: set[Cell] = set()
    for cells, joined in _parts(counts, list(sums), fixed):
        if small & cells:
            system = System({cell: counts[cell] for cell in counts if cell in cells}, joined)
            hidden |= Search(system, largest, views, until).solved()
    return frozenset(hidden)


def _parts(
    counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], public: frozenset[Cell]
) -> Iterator[tuple[set[Cell], list[list[tuple[int, Cell]]]]]:
    """Sets of cells that sums join, each with its sums; what is public joins nothing."""
    rows = [
        [(sign, cell) for sign, cell in ((1, total), *((-1, p) for p in parts))
         if cell not in public]
        for total, parts in sums
    ]  # fmt: skip
    group = {cell: cell for cell in counts if cell not in public}

    def root(cell: Cell) -> Cell:
        while group[cell] != cell:
            group[cell] = cell = group[group[cell]]
        return cell

    for row in rows:
        for _, cell in row[1:]:
            group[root(cell)] = root(row[0][1])
    held: dict[Cell, set[Cell]] = {}
    for cell in group:
        held.setdefault(root(cell), set()).add(cell)
    for first, cells in held.items():
        yield cells, [row for row in rows if row and root(row[0][1]) == first]
