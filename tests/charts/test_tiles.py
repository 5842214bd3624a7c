"""The map of tiles: places, one scale, the City, and what has no borough."""

import pytest

from dashboard.charts import tiles


def row(**more):
    return {
        "code": "E09000007",
        "name": "Camden",
        "short": "cmd",
        "kind": "borough",
        "grid_x": 3,
        "grid_y": 2,
        "slot": 0,
        "value": 4.0,
        "figure": "4",
        "stands_out": False,
    } | more


CITY = row(
    code="E09000001",
    name="City of London",
    short="cty",
    kind="not_policed",
    grid_x=4,
    grid_y=3,
)
UNKNOWN = row(
    code="unknown",
    name="Not known",
    short="n/k",
    kind="unknown",
    grid_x=None,
    grid_y=None,
)


def test_spec_names_its_data_and_holds_none(data_names):
    assert data_names(tiles.spec()) == {"areas", "points"}


def test_one_tile_an_area_at_its_place(disclosed):
    held = tiles.data(disclosed([row(), row(slot=1, value=8.0)]))
    (tile,) = held["areas"].to_pylist()
    assert 3 < tile["left"] < tile["right"] < 4
    assert 2 < tile["top"] < tile["bottom"] < 3


def test_all_lines_share_one_scale_from_zero(disclosed):
    other = row(code="E09000019", short="isl", grid_x=4, grid_y=2)
    rows = [row(value=0.0), row(slot=1, value=8.0), other | {"value": 4.0}]
    points = tiles.data(disclosed(rows))["points"].to_pylist()
    bottom, top, half = (point["y"] for point in points)
    assert half == pytest.approx((bottom + top) / 2)
    assert top < bottom  # upwards on the page


def test_the_city_is_drawn_as_not_policed(disclosed):
    held = tiles.data(disclosed([row(), CITY | {"value": None}]))
    city = held["areas"].to_pylist()[1]
    assert (city["aside"], city["figure"], city["state"]) == ("not policed", "", "missing")
    assert {point["code"] for point in held["points"].to_pylist()} == {"E09000007"}


def test_what_has_no_borough_gets_a_free_cell(disclosed):
    areas = tiles.data(disclosed([row(), UNKNOWN]))["areas"].to_pylist()
    cells = [(int(tile["left"]), int(tile["top"])) for tile in areas]
    assert cells[1] == tiles.REST_PLACES[0]
    assert len(set(cells)) == 2


def test_an_alert_has_a_mark_and_a_frame_not_only_a_colour(disclosed):
    (tile,) = tiles.data(disclosed([row(stands_out=True, figure="14")]))["areas"].to_pylist()
    assert (tile["figure"], tile["state"]) == ("▲14", "stands_out")


def test_a_missing_value_has_no_place(disclosed):
    rows = [row(), row(slot=1, value=None, figure="[x]")]
    last = tiles.data(disclosed(rows))["points"].to_pylist()[1]
    assert last["y"] is None and not last["last"]
