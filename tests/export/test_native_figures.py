"""What a native chart draws, and on which side of nought."""

from dataclasses import replace

import pyarrow as pa
import pytest

from dashboard.export.forms import native, office
from dashboard.export.forms.native import Figures, Series


def test_one_negative_figure_puts_bars_on_both_sides():
    series = Series("n", "Now")
    assert not Figures(("a", "b"), ((series, (0.0, None)),)).below_zero
    assert Figures(("a", "b"), ((series, (5.0, -0.01)),)).below_zero


def rows(*pairs) -> pa.Table:
    return pa.table({"x": [x for x, _ in pairs], "y": [y for _, y in pairs]})


def test_a_chart_of_ones_own_is_drawn_by_office_from_the_same_columns(disclosed):
    table = rows((0, 2), (1, 3))
    chart = office.built("line", "x", "y", table)
    drawn = native.figures(chart, replace(disclosed([{"label": "a"}]), rows=table))
    assert drawn.categories == ("0", "1")  # a nought is a place along the axis, too
    assert [values for _, values in drawn.values] == [(2, 3)]
    assert (chart.kind, chart.unit) == ("line", "n")
    assert office.built("point", "x", "y", rows((0, 0.5))).unit == "decimal"


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        ("bar", [("a", 1), ("a", 2)]),  # one x twice: Office would draw two bars, the page one
        ("bar", [("a", 1), (None, 2)]),
        ("line", [(2, 1), (1, 2)]),  # the page sorts along the axis, Office does not
        ("bar", []),
        ("bar", [(n, n) for n in range(office.MOST_BUILT + 1)]),
    ],
)
def test_what_office_would_draw_otherwise_is_left_to_the_picture(kind, pairs):
    assert office.built(kind, "x", "y", rows(*pairs)) is None


def test_bars_keep_the_rows_order_and_the_most_are_drawn():
    assert office.built("bar", "x", "y", rows((2, 1), (1, 2))) is not None
    assert office.built("bar", "x", "y", rows(*((n, n) for n in range(office.MOST_BUILT))))
