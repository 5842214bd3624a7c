"""What an attacker who knows the rule makes of all that a role can fetch: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dashboard import reports
from dashboard.access import suppression
from dashboard.reports.equality import completeness, groups, ratios, staff
from dashboard.reports.equality.protection import protection
from dashboard.reports.request import Request
from dashboard.sample import AS_ATS
from tests.access.attacker import System, attack, commanders
from tests.access.matrix import roles
from tests.choosing import EXHAUSTIVE

pytestmark = pytest.mark.some(3, "attacker")

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


@pytest.mark.some(1, "attackers")
def test_a_weak_pattern_of_the_pages_is_caught(sample_copy, monkeypatch):
    """Only the small counts themselves are hidden: the totals give them back. In a folder of its
    own: what another test was told stays hidden."""
    kept = (protection, groups.victims, ratios.ratios, completeness.completeness)

    def only_small(counts, _sums, *, public=(), known=()):
        small = {cell for cell, count in counts.items() if suppression.small(count)}
        return frozenset(small - set(public))

    monkeypatch.setattr(suppression, "pattern", only_small)
    for function in kept:
        function.cache_clear()
    try:
        requests = asking(sample_copy(), "commander of SCD8", AS_ATS[-1:])
        assert attack(requests, "commander", most=0).pinned
    finally:
        for function in kept:
            function.cache_clear()


HEAD = "crime_ref,reported_on,offence,borough,ocu,victim_kind,victim_sex\n"
FIRST, LATER = date(2004, 4, 5), date(2004, 4, 19)


def reports_of(women: range) -> str:
    lines = [f"w{n},2004-03-10,kidnap,Camden,SCD7,person,female\n" for n in women]
    lines += [
        f"{unit}{n},2004-03-10,kidnap,Camden,{unit},person,{('male', 'female')[n % 4 == 0]}\n"
        for unit, most in (("SCD7", 40), ("SCD6", 90))
        for n in range(1, most)
        if unit == "SCD6" or n % 4
    ]
    return HEAD + "".join(lines)


@pytest.fixture
def two_days(folder):
    """Five women of a unit are told; a fortnight later one of the reports was none, and four are
    left: no pattern of that day hides them from who knows that one report is gone."""
    for women, vintage, as_at in ((5, "2004-04-04", FIRST), (4, "2004-04-18", LATER)):
        folder.load("crimes", reports_of(range(women)), vintage)
        folder.publish(as_at.isoformat())
    return folder.data


@pytest.mark.some(1, "attackers")
def test_tables_of_two_days_are_held_together(two_days, monkeypatch):
    """Each day's table alone keeps its secret; if each day told its own, both would not."""
    four = ("victims", "victim_sex", "SCD7", "Female", LATER.isoformat())
    told = attack(asking(two_days, "analyst", [FIRST, LATER]), "analyst", most=0)
    assert (told.pinned, told.narrowed, told.small) == ([], [], 0)
    for module in (groups, ratios, completeness, staff):
        monkeypatch.setattr(module, "telling", lambda request: request)
    for function in (groups.victims, ratios.ratios, completeness.completeness, staff.workforce):
        function.cache_clear()
    alone = attack(asking(two_days, "analyst", [LATER]), "analyst", most=0)
    assert alone.under_five and four not in alone.narrowed
    both = attack(asking(two_days, "analyst", [FIRST, LATER]), "analyst", most=0)
    assert four in both.narrowed
