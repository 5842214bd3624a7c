"""Decisions above the chart of a measure: where they stand, and what they say."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from dashboard.charts import borough_tiles, decision_course, fortnights, marks, spc, trends
from dashboard.words.figures import FIGURE_OF, Figure

DAY = date(2031, 7, 14)
SERIES = pa.table({"period_start": [date(2031, month, 1) for month in range(1, 13)]})


class Found:
    """What a report of marks gives, as far as a chart looks at it."""

    def __init__(self, *rows):
        names = ("decision", "day", "kind", "said", "label")
        self.rows = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


EARLY = (
    ("a", date(2031, 2, 3), "decided", "Decided: cameras", "decided 3 February, worked"),
    ("a", date(2031, 3, 3), "done", "Done: cameras", "decided 3 February, worked"),
    ("a", date(2031, 6, 3), "result", "Worked", "decided 3 February, worked"),
)
LATE = (("b", date(2031, 11, 4), "decided", "Decided: patrols", "decided 4 November"),)
BEFORE = (("c", date(2030, 11, 4), "decided", "Decided: leaflets", "decided 4 November"),)


def test_a_decision_is_one_line_and_says_once_how_it_stands():
    rows = marks.data(Found(*EARLY, *LATE), SERIES).to_pylist()
    assert [row["place"] for row in rows] == [0, 0, 0, 1]
    assert [row["label"] for row in rows] == [
        "",
        "",
        "decided 3 February, worked",
        "decided 4 November",
    ]
    # Words stand beside the marks on the side where the chart has room for them.
    assert [row["side"] for row in rows] == ["right", "right", "right", "left"]
    assert rows[0]["until"] == date(2031, 6, 3)
    assert marks.lines(marks.data(Found(*EARLY, *LATE), SERIES)) == 2


def test_what_was_decided_before_the_first_period_is_not_on_the_chart():
    assert marks.data(Found(*BEFORE), SERIES).num_rows == 0
    half = (BEFORE[0], ("c", date(2031, 1, 20), "result", "Worked", "decided 4 November"))
    assert [row["kind"] for row in marks.data(Found(*half), SERIES).to_pylist()] == ["result"]
    assert marks.data(None, SERIES).num_rows == 0


@pytest.mark.parametrize("spec", [
    lambda number: spc.spec("n", "month", from_zero=True, decided=number),
    lambda number: fortnights.spec(13, number),
    lambda number: trends.spec(150, number),
])  # fmt: skip
def test_every_chart_over_time_has_room_for_them(spec, data_names):
    bare, marked = spec(0), spec(2)
    assert marks.NAME in data_names(marked) and marks.NAME not in data_names(bare)
    if bare["height"] != "container":
        assert marked["height"] == bare["height"] + marks.room(2)


def test_a_decisions_own_chart_shows_it_from_made_to_known(disclosed, data_names):
    rows = [
        {"period_start": date(2031, month, 1), "period": "", "phase": "before", "n": 4.0,
         "expected": None, "low": None, "high": None, "wanted": None}
        for month in (1, 2)
    ]  # fmt: skip
    rows.append(rows[0] | {"period_start": date(2031, 7, 1), "phase": "after", "expected": 3.0,
                           "low": 1.0, "high": 6.0, "wanted": 1.5})  # fmt: skip
    held = decision_course.data(disclosed(rows), Found(*EARLY))
    assert set(held) == data_names(decision_course.spec())
    assert [row["kind"] for row in held[marks.NAME].to_pylist()] == ["decided", "done", "result"]


def test_a_tile_of_the_boroughs_map_is_marked_in_the_month_of_the_decision(disclosed):
    figure = Figure("kidnaps", "OCU7", "a", date(2030, 7, 1), date(2031, 7, 1), "reports", DAY)
    row = {"code": "a", "kind": "borough", "grid_x": 0, "grid_y": 0, "status": "",
           "values": [1.0, 2.0, 3.0], FIGURE_OF: figure.spelt}  # fmt: skip
    days = (date(2031, 3, 31), date(2031, 5, 20), date(2031, 7, 1))  # before, in and after its line
    (tile,) = borough_tiles.tiles(disclosed([row]), {"a": days})
    assert tile.acted == (date(2031, 5, 20),) and tile.drawing.count('class="m"') == 1
    (bare,) = borough_tiles.tiles(disclosed([row]))
    assert bare.acted == () and 'class="m"' not in bare.drawing
