"""The SPC chart: what is drawn from which column, and where its words stand."""

from datetime import date
from itertools import pairwise

import pytest

from dashboard.charts import line_words, spc

LEVELS = {"mean": 159.0, "lower": 119.0, "upper": 199.0, "target": 128.0}


def row(**more):
    said = {f"{name}_said": f"{value:.0f}" for name, value in LEVELS.items()}
    return {
        "period_start": date(2004, 5, 1),
        "period": "May 2004",
        "value": 182.0,
        "said": "182",
        **LEVELS,
        **said,
        "segment": 0,
        "point": "common",
        "rule": "",
        "provisional": False,
        "note": None,
    } | more


def test_spec_names_its_data_and_holds_none(data_names):
    drawn = spc.spec("n", "month", from_zero=True)
    assert data_names(drawn) == {"rows", "labels", "breaks"}
    assert drawn is spc.spec("n", "month", from_zero=True)  # built once


def test_data_matches_what_the_spec_names(disclosed, data_names):
    held = spc.data(disclosed([row()]))
    assert set(held) == data_names(spc.spec("n", "month", from_zero=True))


def points_layer():
    layers = spc.spec("n", "month", from_zero=True)["layer"]
    return next(layer for layer in layers if "shape" in layer["encoding"])


def test_special_causes_have_colour_and_shape_of_their_own():
    encoding = points_layer()["encoding"]
    shapes = dict(zip(*[encoding["shape"]["scale"][k] for k in ("domain", "range")], strict=True))
    colours = dict(zip(*[encoding["stroke"]["scale"][k] for k in ("domain", "range")], strict=True))
    assert shapes["concern_high"] == "triangle-up" != shapes["common"]
    assert colours["concern_high"] not in (
        colours["common"],
        colours["improvement_high"],
    )
    assert colours["neutral_high"] not in (
        colours["concern_high"],
        colours["improvement_high"],
    )


def test_provisional_points_are_hollow():
    condition = points_layer()["encoding"]["fill"]["condition"]
    assert condition["test"] == "datum.provisional"


def test_percent_axis_is_written_as_the_tables_write_it():
    layers = spc.spec("percent", "month", from_zero=True)["layer"]
    assert "' %'" in layers[0]["encoding"]["y"]["axis"]["labelExpr"]


def test_break_is_a_row_of_its_own_with_its_words_towards_the_middle(disclosed):
    held = spc.data(disclosed([row(), row(note="early"), row(), row(note="late")]))
    found = [(item["early"], item["late"], item["row"]) for item in held["breaks"].to_pylist()]
    assert found == [("early", "", 0), ("", "late", 1)]  # in two rows, so that they don't meet


def test_words_at_the_lines_ends_keep_their_order_and_apart(disclosed):
    # target 120 and lower limit 119 would overlap; the axis starts at 119, of 80 in all
    close = disclosed([row(target=120.0, target_said="120")])
    said = spc.data(close)["labels"].to_pylist()
    assert [item["words"] for item in said] == [
        "upper limit 199",
        "usual 159",
        "target 120",
        "lower limit 119",
    ]
    places = [item["place"] for item in said]
    least = line_words.WORD / (190 - line_words.AROUND) * 80
    assert all(a - b >= least - 1e-9 for a, b in pairwise(places))
    assert said[2]["kind"] == "target"


def test_without_limits_only_the_target_has_words(disclosed):
    bare = disclosed([row(mean=None, lower=None, upper=None)])
    assert [item["words"] for item in spc.data(bare)["labels"].to_pylist()] == ["target 128"]


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        ("xmr", ["upper limit 199", "usual 159", "lower limit 119"]),
        ("band", ["forecast to 199", "expected 159", "from 119"]),
        ("t", ["upper limit 199", "usual gap 159", "lower limit 119"]),
    ],
)
def test_lines_are_called_by_what_they_are(disclosed, chart, words):
    held = spc.data(disclosed([row(chart=chart, target=None)]))["labels"].to_pylist()
    assert [item["words"] for item in held] == words


def test_a_run_chart_has_a_median_alone(disclosed):
    held = spc.data(disclosed([row(chart="run", target=None, lower=None, upper=None)]))
    assert [item["words"] for item in held["labels"].to_pylist()] == ["median 159"]


def test_no_rows_no_words(disclosed):
    empty = disclosed([row()]).rows.slice(0, 0)
    assert spc.labels(empty).num_rows == 0


@pytest.mark.parametrize(
    ("lowest", "from_zero"),
    [(100.0, True), (119.0, False)],  # 0.55 of 199 is 109.45
)
def test_axis_starts_at_zero_unless_that_flattens_the_series(disclosed, lowest, from_zero):
    assert spc.starts_at_zero(disclosed([row(lower=lowest)])) is from_zero


def test_words_below_the_axis_stand_on_it_and_push_the_others_up():
    assert line_words.apart([9.0, 0.1, 0.0], 1.0, 0.0) == [9.0, 1.0, 0.0]
    assert line_words.apart([0.2, 0.1, 0.0], 1.0, 0.0) == [2.0, 1.0, 0.0]
    assert line_words.apart([9.0, 8.6, 8.5], 1.0, 8.5) == [10.5, 9.5, 8.5]


def test_the_word_of_a_target_that_every_period_meets_stands_at_its_line(disclosed):
    met = disclosed([row(chart="run", value=1.0, mean=1.0, target=1.0, upper=None, lower=None)])
    assert spc.starts_at_zero(met)  # a flat series has no other scale
    places = spc.data(met)["labels"].column("place").to_pylist()
    assert places[0] == 1.0 and places[1] > 0.85
    close = disclosed([row(value=0.98, mean=0.98, target=0.985, upper=1.0, lower=0.97)])
    assert not spc.starts_at_zero(close)
    assert min(spc.data(close)["labels"].column("place").to_pylist()) >= 0.97
