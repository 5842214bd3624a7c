"""What a series is a series of, and so which chart stats.choice names for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import nan

from dashboard.queries import Measure
from dashboard.reports.measure.point import Point
from dashboard.stats.choice import chart_for
from dashboard.stats.xmr_rules import is_degenerate


def chosen(measure: Measure, points: Sequence[Point]) -> str:
    """The chart of points between two breaks, as stats.choice names it."""
    return _chosen(measure, points, _is_degenerate(measure, points))


def first_of(measures: Iterable[Measure], alerted: Collection[str] = ()) -> Measure:
    """The measure that stands for a unit wherever one does: one in an alert, else the first count
    in the plan's order, which says how much work there was, else the first.

    raises  ValueError where there is none
    """
    return min(measures, key=lambda item: (item.id not in alerted, item.is_rate))


def stands_still(measure: Measure, points: Sequence[Point]) -> bool:
    """Whether it is for standing still alone that the points have a run chart and no limits."""
    limited = _chosen(measure, points, still=False) in ("xmr", "p_prime", "u_prime", "stock")
    return limited and _is_degenerate(measure, points)


def _chosen(measure: Measure, points: Sequence[Point], still: bool) -> str:
    rate = measure.is_rate
    known = [point for point in points if point.value(rate) is not None]
    sizes = [(point.denominator if rate else point.numerator) or 0.0 for point in known]
    mean = sum(sizes) / len(sizes) if sizes else 0.0
    return chart_for(mean, kind_of(measure, known), len(known), still)


def _is_degenerate(measure: Measure, points: Sequence[Point]) -> bool:
    values = [point.value(measure.is_rate) for point in points]
    if is_stock(measure):  # its changes are judged, which may well be 0
        return len({value for value in values if value is not None}) == 1
    return is_degenerate([nan if value is None else value for value in values])


def is_stock(measure: Measure) -> bool:
    """Whether things are counted that stand open at the end of a period, most since before it.

    A share of them (staff with vetting in date) is none: its cases are counted anew.
    """
    return measure.unit == "n" and measure.aggregate == "last"


def kind_of(measure: Measure, known: Sequence[Point]) -> str:
    """What the points are a series of, as stats.choice has it: 'count', 'stock', 'share' ….

    A share lies within its cases in every period; outcomes of earlier offences may not, and
    are a rate. Sums of money or hours over others are no cases: an amount.
    """
    if is_stock(measure):
        return "stock"
    if not measure.is_rate:
        return "count" if measure.unit == "n" else "amount"
    pairs = [(point.numerator or 0.0, point.denominator or 0.0) for point in known]
    if any(part != round(part) for pair in pairs for part in pair):
        return "amount"
    return "share" if all(part <= cases for part, cases in pairs) else "rate"
