"""The forest plot as data: who has a ratio is drawn, and the line of no difference is one."""

import pytest

from dashboard.charts import forest
from dashboard.reports.equality.groups import RATIOS


def group(name, like, **more):
    return {"group": name, "reference": False, "like": like} | more


@pytest.fixture
def found(disclosed):
    told = {"like_low": 0.9, "like_high": 1.4, "detected": 1100, "expected": 1000.0}
    hidden = {"detected": None}
    return disclosed([group("A", 1.1, **told), group("B", None, **hidden)], RATIOS)


def test_a_group_whose_count_is_hidden_is_not_drawn(found, data_names):
    sets = forest.data(found)
    assert data_names(forest.spec(1)) == set(sets)
    assert sets["rows"].column("group").to_pylist() == ["A"]
    assert sets["rows"].column("said").to_pylist() == ["1,100 detected, 1,000 expected"]
    assert sets["line"].to_pylist() == [{"none": 1.0}]


def test_each_group_has_the_same_room():
    assert forest.spec(6)["height"] == 2 * forest.spec(3)["height"]
