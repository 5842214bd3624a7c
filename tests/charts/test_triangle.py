"""The revision triangle: order in time, one data set, colours of the theme."""

from datetime import date

import pyarrow as pa

from dashboard import rows as of_kinds
from dashboard.charts import theme, triangle
from dashboard.reports.quality.revision import Cell


def cell(month, as_at, n, state):
    return {
        "period_start": month,
        "period": f"{month:%B %Y}",
        "known_as_at": as_at,
        "as_at": f"{as_at:%d %B %Y}",
        "n": float(n),
        "said": str(n),
        "change": None,
        "state": state,
        "source_grain": "day",
        "known_on": as_at,
    }


MAY, JUNE = date(2004, 5, 1), date(2004, 6, 1)
ROWS = [
    cell(JUNE, date(2004, 7, 12), 238, "first"),
    cell(MAY, date(2004, 7, 12), 224, "fewer"),
    cell(MAY, date(2004, 6, 14), 225, "first"),
]


def test_months_and_as_ats_stand_in_time_whatever_the_order_of_rows(disclosed):
    rows = triangle.data(disclosed(ROWS, of_kinds.schema(Cell)))["rows"].to_pylist()
    assert [(row["line"], row["column"], row["said"]) for row in rows] == [
        (1, 1, "238"),
        (0, 1, "224"),
        (0, 0, "225"),
    ]


def test_the_spec_asks_for_its_rows_and_sorts_by_place(data_names):
    spec = triangle.spec(2)
    assert data_names(spec) == {"rows"}
    box = spec["layer"][0]["encoding"]
    assert box["x"]["sort"] == {"field": "column", "op": "min"}
    assert box["y"]["sort"] == {"field": "line", "op": "min"}
    assert spec["height"] == 2 * triangle.LINE_HEIGHT


def test_only_cells_that_moved_or_are_new_are_painted():
    assert set(triangle.PAINT) == {"first", "more", "fewer"}
    assert {colour for colour, _ in triangle.PAINT.values()} <= set(theme.DARK)


def test_an_empty_triangle_has_its_columns(disclosed):
    found = triangle.data(disclosed([], of_kinds.schema(Cell)))["rows"]
    assert found.num_rows == 0 and isinstance(found, pa.Table)
    assert {"line", "column", "said"} <= set(found.column_names)
