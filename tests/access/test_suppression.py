"""Hidden counts stay hidden: no total, row or column gives one back."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dashboard.access.suppression import SMALLEST, hidden, small
from tests.choosing import EXHAUSTIVE, chosen


@pytest.mark.parametrize(
    ("count", "hides"), [(0, False), (1, True), (4, True), (5, False), (200, False)]
)
def test_one_to_four_are_hidden(count, hides):
    assert small(count) is hides and SMALLEST == 5


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden([[10, 0], [7, 20]])[0] == frozenset()


def test_a_single_small_count_takes_three_others_with_it():
    # 3 would be its row's total less 40, and its column's less 30: a square of four is needed,
    # and it takes the cheapest, 5 and 6 rather than 40 and 30.
    found, cells = hidden([[3, 40, 5], [30, 50, 60], [6, 70, 8]])
    assert found == {(0, 0), (0, 2), (2, 0), (2, 2)}
    assert cells[3, 3] == 3 + 40 + 5 + 30 + 50 + 60 + 6 + 70 + 8


def test_totals_hide_only_where_no_cell_can():
    # One row: each column total is the count itself, so that it goes with it.
    found, _ = hidden([[2, 50, 60]])
    assert {(0, 0), (1, 0)} <= found
    assert (0, 3) not in found and (1, 3) not in found


def test_a_small_total_is_hidden_too():
    found, _ = hidden([[1, 2], [30, 40]])
    assert (0, 2) in found  # 3 in the whole row


def test_an_empty_table_has_nothing_to_hide():
    assert hidden([]) == (frozenset(), {})


def worked_out(found: frozenset[tuple[int, int]], rows: int, columns: int) -> list[tuple[int, int]]:
    """Hidden cells that the totals determine: those that no solution of the sums can move."""
    cells = sorted(found)
    sums = np.zeros((rows + columns + 2, len(cells)))
    for place, (i, j) in enumerate(cells):
        sums[i, place] = -1 if j == columns else 1
        sums[rows + 1 + j, place] = -1 if i == rows else 1
    _, sizes, directions = np.linalg.svd(sums)
    free = directions[int((sizes > 1e-9).sum()) :]
    return [cell for place, cell in enumerate(cells) if not np.abs(free[:, place]).max(initial=0)]


def drawn(draw: random.Random) -> list[list[int]]:
    rows, columns = draw.randint(1, 7), draw.randint(1, 7)
    counts = [0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 200]
    return [[draw.choice(counts) for _ in range(columns)] for _ in range(rows)]


def test_no_hidden_cell_follows_from_rows_and_columns():
    draw = random.Random(2004)
    tried, tables = 0, chosen([drawn(draw) for _ in range(300)], 30, "hidden cells")
    for table in tables:
        rows, columns = len(table), len(table[0])
        found, cells = hidden(table)
        assert {cell for cell, count in cells.items() if small(count)} <= found
        assert worked_out(found, rows, columns) == []
        tried += len(found)
    assert tried > (1_000 if EXHAUSTIVE else 3 * len(tables))
