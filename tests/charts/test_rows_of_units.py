"""Branches against their limits, and the mix."""

from dashboard.charts import bars, funnel


def test_funnel_keeps_the_order_of_the_rows(data_names):
    drawn = funnel.spec("percent", 3)
    assert data_names(drawn) == {"rows"}
    assert all(
        layer["encoding"]["y"]["sort"] is None
        for layer in drawn["layer"]
        if "y" in layer["encoding"]
    )


def test_funnel_marks_what_is_outside_by_shape_too():
    layers = funnel.spec("percent", 3)["layer"]
    point = next(layer for layer in layers if "shape" in layer["encoding"])
    condition = point["encoding"]["shape"]["condition"]
    assert condition == {"test": funnel.OUTSIDE, "value": "diamond"}


def test_the_part_that_is_asked_for_is_marked(disclosed):
    parts = disclosed([{"unit_code": code, "unit_name": code} for code in ("A(1)", "A(2)")])
    lines = [funnel.data(parts, part)["rows"].column("name").to_pylist() for part in ("A(2)", None)]
    assert lines == [["A(1)", f"{funnel.MARK} A(2)"], ["A(1)", "A(2)"]]


def test_height_follows_the_number_of_lines():
    tall = [funnel.spec("n", lines)["height"] for lines in (2, 3, 4)]
    # A unit has room for its band and, above it, for its name: on a phone there is none beside.
    assert tall[2] - tall[1] == tall[1] - tall[0] >= funnel.BAR + 14
    assert tall[0] > 2 * (tall[1] - tall[0])
    assert bars.spec(6)["height"] == 3 * bars.spec(2)["height"]


def test_bars_start_at_zero_and_mark_the_year_before(data_names):
    drawn = bars.spec(3)
    fields = [layer["encoding"]["x"].get("field") for layer in drawn["layer"]]
    assert fields[:2] == ["n", "before"]
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["zero"] is True
    assert data_names(drawn) == {"rows"}
