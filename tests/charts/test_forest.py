"""The forest plot as data: who has a figure is drawn, beside what it is held against."""

import pyarrow as pa
import pytest

from dashboard import rows as rows_
from dashboard.charts import forest, theme
from dashboard.reports.equality.ratios import Ratio


def group(name, like, low=None, high=None):
    return {"group": name, "like": like, "like_low": low, "like_high": high}


GROUPS = pa.Table.from_pylist([group("A", 1.1, 0.9, 1.4), group("B", None)], rows_.schema(Ratio))
HELD = pa.table(
    {name: [0.8] for mark in forest.HELD.marks for name in (mark.value, mark.low, mark.high)}
)


@pytest.mark.parametrize(("look", "rows"), [(forest.LIKE, GROUPS), (forest.HELD, HELD)])
def test_every_set_and_column_that_is_drawn_is_there(look, rows, data_names):
    sets = forest.data(look, rows, [f"line {n}" for n in range(rows.num_rows)])
    spec = forest.spec(look, 1)
    assert data_names(spec) == set(sets)
    drawn = {layer["encoding"]["x"].get("field") for layer in spec["layer"]} - {None, "reference"}
    assert drawn <= set(sets["rows"].column_names)
    assert drawn == {name for mark in look.marks for name in (mark.value, mark.low)}
    assert sets["references"].column("reference").to_pylist() == list(look.references)


def test_a_group_whose_count_is_hidden_is_not_drawn():
    sets = forest.data(forest.LIKE, GROUPS, ["A: 11 of 10", "B"])
    assert sets["rows"].column("line").to_pylist() == ["A: 11 of 10"]


def test_what_lies_beyond_the_line_is_marked_by_shape_and_colour():
    (point,) = [
        layer for layer in forest.spec(forest.LIKE, 1)["layer"] if layer["mark"]["type"] == "point"
    ]
    for channel, marked in (("color", theme.FOCUS), ("shape", "diamond")):
        condition = point["encoding"][channel]["condition"]
        assert condition["value"] == marked
        assert condition["test"] == "datum.like_low > 1.0 || datum.like_high < 1.0"


def test_each_line_has_the_same_room():
    assert forest.spec(forest.HELD, 6)["height"] == 2 * forest.spec(forest.HELD, 3)["height"]
