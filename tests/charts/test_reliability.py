"""The reliability chart as data: each set that it names is there, and both axes run from 0 to 1."""

import pytest

from dashboard import rows
from dashboard.charts import reliability
from dashboard.reports.measure.past_chances import Reliable

RELIABLE = rows.schema(Reliable)


def bin_(place, chance, true, n, part_of=None):
    share = true / n
    return {
        "place": place,
        "words": "likely",
        "n": n,
        "mean_chance": chance,
        "came_true": true,
        "share": share,
        "low": share - 0.1,
        "high": share + 0.1,
        "part_of": part_of,
    }


@pytest.fixture
def found(disclosed):
    part = bin_("whole", 0.9, 3, 4, part_of="likely")  # in the first already: no circle of its own
    rows = [bin_("whole", 0.8, 7, 10), part, bin_("borough", 0.75, 80, 100)]
    return disclosed(rows, RELIABLE)


def test_wholes_and_boroughs_are_data_sets_of_their_own(found, data_names):
    sets = reliability.data(found)
    assert data_names(reliability.spec()) == set(sets)
    assert sets["whole"].column("n").to_pylist() == [10]
    assert sets["boroughs"].column("n").to_pylist() == [100]


def test_the_line_is_where_chance_and_share_are_the_same(found):
    line = reliability.data(found)["line"]
    assert line.to_pylist() == [{"chance": 0.0}, {"chance": 1.0}]
    for layer in reliability.spec()["layer"]:
        for axis in ("x", "y"):
            domain = layer["encoding"][axis].get("scale", {}).get("domain")
            assert domain in (None, [0, 1])
