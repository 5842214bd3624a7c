"""The seasonal and the weekly chart: what is drawn from which column."""

from datetime import date
from itertools import pairwise

import pyarrow as pa
import pytest

from dashboard.charts import seasonal, spc, trends


def year(words, slot, value, present=False, label=""):
    return {
        "year": words,
        "slot": slot,
        "value": value,
        "period": "",
        "said": "",
        "present": present,
        "provisional": False,
        "label": label,
    }


def week(value, expected, alarm=False):
    return {
        "period_start": date(2004, 7, 5),
        "period": "5 to 11 July 2004",
        "value": value,
        "said": "",
        "expected": expected,
        "upper": None if expected is None else 2 * expected,
        "expected_said": "",
        "alarm": alarm,
    }


@pytest.mark.parametrize("grain", ["week", "fortnight", "month", "quarter"])
def test_seasonal_spec_names_its_data_and_holds_none(grain, disclosed, data_names):
    drawn = seasonal.spec("n", grain)
    assert data_names(drawn) == {"rows", "labels"}
    assert drawn is seasonal.spec("n", grain)
    held = seasonal.data(disclosed([year("2003/04", 0, 5.0, label="2003/04")]))
    assert set(held) == {"rows", "labels"}


def test_years_at_the_edge_keep_apart_and_in_order(disclosed):
    rows = [
        year("2001/02", 11, 100.0, label="2001/02"),
        year("2002/03", 11, 101.0, label="2002/03"),
        year("2003/04", 11, 60.0, label="2003/04"),
        year("2004/05", 2, 90.0, present=True, label="2004/05"),
    ]
    said = seasonal.labels(disclosed(rows).rows).to_pylist()
    assert [item["words"] for item in said] == ["2002/03", "2001/02", "2003/04", "2004/05"]
    places = [item["place"] for item in said[:3]]
    assert all(a - b >= seasonal.GAP * 101 - 1e-9 for a, b in pairwise(places))
    assert said[3]["place"] == 90.0 and said[3]["slot"] == 2


def test_the_present_year_is_the_strong_line():
    layers = seasonal.spec("n", "month")["layer"]
    widths = {
        layer["transform"][0]["filter"]: layer["mark"].get("strokeWidth") for layer in layers[:2]
    }
    assert widths["datum.present"] > widths["!datum.present"]


def test_a_week_beyond_has_shape_and_colour_of_its_own(disclosed, data_names):
    drawn = trends.spec()
    assert data_names(drawn) == {"rows", "labels"}
    points = next(layer for layer in drawn["layer"] if "shape" in layer["encoding"])
    assert points["encoding"]["shape"]["condition"] == {
        "test": "datum.alarm",
        "value": "triangle-up",
    }
    assert points["encoding"]["color"]["condition"]["test"] == "datum.alarm"


def test_words_stand_at_the_last_week_that_has_an_expectation(disclosed):
    rows = disclosed([week(4.0, 5.25), week(6.0, None)]).rows
    said = [item["words"] for item in trends.labels(rows).to_pylist()]
    assert said == ["up to 10", "expected 5.2"]
    bare = disclosed([week(6.0, 1.0)]).rows.slice(0, 0)
    assert trends.labels(bare).num_rows == 0


def test_charts_on_one_scale_end_at_the_same_height():
    drawn = spc.spec("n", "month", from_zero=True, top=120.0)
    assert drawn["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 120.0]
    assert (
        "domain" not in spc.spec("n", "month", from_zero=True)["layer"][0]["encoding"]["y"]["scale"]
    )


def test_the_highest_of_a_chart_is_that_of_all_its_lines(disclosed):
    columns = {"value": 5.0, "upper": 8.0, "target": None}
    schema = pa.schema([(name, pa.float64()) for name in columns])
    assert spc.highest(disclosed([columns], schema)) == 8.0
