"""Tiles of London as links' drawings, and the funnel of boroughs."""

import pyarrow as pa
import pytest

from dashboard import rows
from dashboard.charts import borough_funnel, borough_tiles
from dashboard.reports.boroughs import london

TILES = rows.schema(london.Tile)


def area(code, kind="borough", x=3, y=2, values=(1.0, 2.0), status="within"):
    row = dict.fromkeys(TILES.names) | {"code": code, "name": code, "short": code[:3]}
    row |= {"kind": kind, "grid_x": x, "grid_y": y, "values": list(values), "status": status}
    return row


def test_a_tile_stands_where_the_layout_puts_it(disclosed):
    found = borough_tiles.tiles(disclosed([area("CMD")], TILES))
    # Camden is at column 3, line 2 of London Squared, counted from 0; a page counts from 1.
    assert (found[0].column, found[0].line, found[0].beside) == (4, 3, False)


def test_what_has_no_place_stands_beside_the_map(disclosed):
    rows = [area(name, kind, None, None) for name, kind in (("UNK", "unknown"), ("LHR", "airport"))]
    found = borough_tiles.tiles(disclosed(rows, TILES))
    assert all(item.beside for item in found)
    assert len({(item.column, item.line) for item in found}) == 2
    too_many = [area(f"X{n}", "unknown", None, None) for n in range(7)]
    with pytest.raises(ValueError, match="free cells"):
        borough_tiles.tiles(disclosed(too_many, TILES))


def test_all_boroughs_share_one_scale_from_0_that_the_rest_does_not_set(disclosed):
    rows = [
        area("AAA", values=(0.0, 10.0)),
        area("BBB", values=(0.0, 5.0)),
        area("UNK", "unknown", None, None, values=(0.0, 500.0)),
    ]
    a, b, rest = (item.drawing for item in borough_tiles.tiles(disclosed(rows, TILES)))
    top, bottom = borough_tiles.PAD, borough_tiles.HEIGHT - borough_tiles.PAD
    assert f",{top:.1f}" in a and f",{bottom:.1f}" in a
    assert f",{(top + bottom) / 2:.1f}" in b  # half of 10 is half as high
    assert f",{top:.1f}" in rest  # beyond the scale it is drawn at its edge


def test_a_gap_breaks_the_line_and_nothing_draws_nothing():
    drawn = borough_tiles.svg([1.0, None, 2.0, 3.0], 3.0)
    assert drawn.count("<polyline") == 2
    assert borough_tiles.svg([None, None], 3.0) == ""
    assert "<circle" not in borough_tiles.svg([1.0, None], 3.0)  # the last month is not known


def test_the_last_point_is_marked_only_far_outside(disclosed):
    far = borough_tiles.tiles(disclosed([area("CMD", status="above_998")], TILES))[0]
    near = borough_tiles.tiles(disclosed([area("CMD", status="above_95")], TILES))[0]
    assert 'class="o"' in far.drawing and 'class="o"' not in near.drawing


def test_the_funnel_names_what_is_outside_and_marks_it_by_shape_too(data_names):
    drawn = borough_funnel.spec("n", "resident population")
    assert data_names(drawn) == {"rows"}
    point = next(layer for layer in drawn["layer"] if "shape" in layer["encoding"])
    assert point["encoding"]["shape"]["condition"] == {
        "test": borough_funnel.FAR,
        "value": "diamond",
    }
    named = next(layer for layer in drawn["layer"] if layer["encoding"].get("text"))
    assert named["transform"] == [{"filter": borough_funnel.OUTSIDE}]


def test_the_funnels_limits_run_by_size(disclosed):
    rows = [{"borough_name": name, "size": size} for name, size in (("B", 9.0), ("A", 2.0))]
    found = borough_funnel.data(
        disclosed(rows, pa.schema([("borough_name", pa.string()), ("size", pa.float64())]))
    )
    assert found["rows"].column("size").to_pylist() == [2.0, 9.0]
