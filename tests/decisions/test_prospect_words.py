"""What the form says of an expected effect: one expectation, and why an alert's is another."""

import re

import pytest

from dashboard.reports.decisions import decision_words as words

SEALED = {
    "ratio": 0.5,
    "horizon": 6,
    "level": 13.2,
    "peak": 68.0,
    "past": {"exposure": 26.0},
    "total": {"mean": 74.3, "low": 50.0, "high": 101.0},
    "chances": {"2": 0.41, "6": 0.87, "12": 0.99},
}


def test_one_expectation_is_said_for_the_whole_time_and_for_each_fortnight():
    said = f"{words.prospect(SEALED)} {words.regression(SEALED)}"
    assert "74.3 (50–101) would come in 6 fortnights, 12.4 in each" in said
    assert "13.2" not in said  # the level before season: another number for the same thing
    assert "from 26 fortnights, the last with its 68 among them" in said
    assert said.startswith("A halving would show after 2 fortnights in 41 of 100 cases")


@pytest.mark.parametrize(
    ("changed", "absent"),
    [({"peak": None}, "an alert"), ({"horizon": 1, "total": SEALED["total"]}, "in each")],
)
def test_what_is_not_known_or_the_same_is_not_said(changed, absent):
    said = words.regression(SEALED | changed)
    assert absent not in said and re.search(r"74\.3 \(50–101\) would come in", said)
