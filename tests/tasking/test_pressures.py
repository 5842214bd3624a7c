"""Who is over the overtime profile, by how much, and whether anybody has room of that size."""

from __future__ import annotations

import pytest

from dashboard.reports.tasking import pressures

SPAN = "1 April to 30 June"


def unit(code, alerts, spent, profiled, moved=0.0):
    overtime = None if spent is None else spent / profiled
    return {
        **{"unit_code": code, "alerts": alerts, "spent_gbp": spent, "profiled_gbp": profiled},
        **{"overtime": overtime, "posts": None, "moved_gbp": moved},
    }


OVER = unit("A", 1, 1_200.0, 1_000.0)


@pytest.mark.parametrize(
    ("others", "named", "said"),
    [
        # What is left in B and C together is just what A is over by, the most first.
        (
            [unit("B", 0, 950.0, 1_000.0), unit("C", None, 850.0, 1_000.0)],
            ["C", "B"],
            "C £150 (not tested), B £50 (no alert)",
        ),
        ([unit("B", 0, 951.0, 1_000.0), unit("C", None, 850.0, 1_000.0)], [], "only £199 left"),
        ([unit("B", 1, 100.0, 1_000.0)], [], "no unit without an alert"),  # it has its own alert
        ([unit("B", 0, None, 1_000.0)], [], "no unit without an alert"),  # nobody can tell
    ],
)
def test_room_is_held_against_the_overspend_in_pounds(others, named, said):
    able = [OVER, *others]
    assert [row["unit_code"] for row in pressures.with_room(able)] == named
    title = pressures.title_of(able, SPAN)
    assert title.startswith("A has alerts and is £200 over") and said in title
    assert SPAN in title  # of what period the sums are


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (199.0, "is £1 over its overtime profile with the £199 moved to it"),  # just short of it
        (200.0, "No unit has both"),  # what was moved to it covers all
        (-50.5, "is £250 over its overtime profile without the £50 moved from it"),
    ],
)
def test_budget_moved_to_a_unit_counts_as_on_the_page_of_overtime(moved, said):
    assert said in pressures.title_of([unit("A", 1, 1_200.0, 1_000.0, moved)], SPAN)


def test_what_speaks_against_taking_is_said_of_the_unit():
    assert pressures.strain(unit("A", 0, 1_000.0, 1_000.0)) == ""  # on profile, no alert
    assert pressures.strain(unit("A", 2, 900.0, 1_000.0)) == "A has 2 alerts"
    assert pressures.strain(unit("A", 0, 900.0, 1_000.0), "is full") == "A is full"
    assert "is £1,000 over" in pressures.strain(unit("A", None, 2_000.0, 1_000.0))
