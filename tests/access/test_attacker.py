"""What an attacker who knows the rule makes of all that a role can fetch: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dashboard import reports
from dashboard.access import suppression
from dashboard.reports.equality import groups
from dashboard.reports.equality.protection import protection
from dashboard.reports.request import Request
from dashboard.sample import AS_ATS
from tests.access.attacker import System, attack, commanders
from tests.access.matrix import roles
from tests.choosing import EXHAUSTIVE

COMMANDERS = commanders()


def told(shown: list[list[int | None]]) -> System:
    """A table with its totals as the last row and column; None where a count is hidden."""
    system = System()
    rows, columns = len(shown), len(shown[0])
    for i, row in enumerate(shown):
        for j, count in enumerate(row):
            system.tell(("n", "", str(i), str(j)), count)
    for i in range(rows):
        cells = [("n", "", str(i), str(j)) for j in range(columns)]
        system.add_up(cells[-1], cells[:-1])
    for j in range(columns):
        cells = [("n", "", str(i), str(j)) for i in range(rows)]
        system.add_up(cells[-1], cells[:-1])
    return system


@pytest.mark.parametrize(
    ("shown", "left", "pinned"),
    [
        # A single hidden count is its row's total less the rest.
        ([[None, 40, 43], [30, 50, 80], [33, 90, 123]], {3}, True),
        # On a cycle, and yet: its row holds 3 in all, so that 4 is impossible.
        ([[None, None, 3], [None, None, 120], [33, 90, 123]], {1, 2, 3}, False),
        ([[None, None, 45], [None, None, 80], [33, 92, 125]], {1, 2, 3, 4}, False),
    ],
)
def test_the_attacker_finds_what_a_weak_pattern_gives_away(shown, left, pinned):
    system, cell = told(shown), ("n", "", "0", "0")
    assert system.possible([cell]) == {cell: left}
    assert system.pinned(cell) is pinned


def test_two_tables_of_one_cell_are_one_system():
    """Each table alone protects it; a third that adds up the others pins it."""
    system = told([[None, None, 45], [None, None, 80], [33, 92, 125]])
    system.tell(("n", "", "elsewhere", "0"), 41)
    system.add_up(("n", "", "elsewhere", "0"), [("n", "", "0", "1")])
    assert system.possible([("n", "", "0", "0")]) == {("n", "", "0", "0"): {4}}
    assert system.pinned(("n", "", "0", "0"))


def asking(data: Path, role: str, days: Sequence[date] = AS_ATS) -> list[Request]:
    who = (roles() | COMMANDERS)[role]
    return [reports.open_request(day, data=data, role=who) for day in days]


@pytest.mark.few(1)
@pytest.mark.parametrize("role", [*roles(), *COMMANDERS])
def test_no_role_narrows_a_small_count_by_all_that_it_can_fetch(sample_data, role):
    """Of all as-ats together; `make test` takes the first and the last."""
    days = AS_ATS if EXHAUSTIVE else (AS_ATS[0], AS_ATS[-1])
    requests = asking(sample_data, role, days)
    found = attack(requests, role, most=None if EXHAUSTIVE else 1)
    assert (found.pinned, found.narrowed, found.small) == ([], [], 0), found.line
    sees = requests[0].role.sees == "all"
    assert (found.hidden > 0) == sees and (found.under_five > 0) == sees


def test_a_weak_pattern_of_the_pages_is_caught(sample_data, monkeypatch):
    """Only the small counts themselves are hidden: the totals give them back."""
    kept = (protection, groups.victims, groups.ratios, groups.completeness)

    def only_small(counts, _sums, *, public=(), known=()):
        small = {cell for cell, count in counts.items() if suppression.small(count)}
        return frozenset(small - set(public))

    monkeypatch.setattr(suppression, "pattern", only_small)
    for function in kept:
        function.cache_clear()
    try:
        requests = asking(sample_data, "commander of SCD8", AS_ATS[-1:])
        assert attack(requests, "commander", most=0).pinned
    finally:
        for function in kept:
            function.cache_clear()
