"""What a native chart draws, and on which side of nought."""

from dashboard.export.native import Figures, Series


def test_one_negative_figure_puts_bars_on_both_sides():
    series = Series("n", "Now")
    assert not Figures(("a", "b"), ((series, (0.0, None)),)).below_zero
    assert Figures(("a", "b"), ((series, (5.0, -0.01)),)).below_zero
