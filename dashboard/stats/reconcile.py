"""Why two offices print different figures: by which way of counting one becomes the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.errors import StatisticsError

SAME = "same"
UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Explained:
    """What a difference comes from.

    cause     SAME, the name of the way of counting that gives the printed figure, or UNEXPLAINED
    residual  what is left unexplained: printed less own as known when it was printed; else 0
    """

    cause: str
    residual: float


def explain(
    printed: float,
    own: float,
    then: float | None,
    ways: Mapping[str, float | None],
    rounding: float = 0.0,
) -> Explained:
    """The first way of counting that gives the printed figure, in the order of `ways`.

    own       the figure now
    then      the figure as known when the other was printed; None where no snapshot tells
    ways      name of a cause → the figure that it would give; None where it can't be told
    rounding  half the last place that is printed: 0.05 for 24.1 %, 0 for a count
    """

    def agrees(figure: float | None) -> bool:
        # Floating point alone may put 23.15 beyond half a place.
        return figure is not None and abs(printed - figure) <= rounding + 1e-9

    if agrees(own):
        return Explained(SAME, 0.0)
    for cause, figure in ways.items():
        if agrees(figure):
            return Explained(cause, 0.0)
    return Explained(UNEXPLAINED, printed - (own if then is None else then))


@dataclass(frozen=True)
class RateCheck:
    """A printed rate against the two parts printed beside it.

    rate         numerator ÷ denominator, in percent; None without a denominator
    agrees       whether the printed rate is that, as rounded
    numerator    what the numerator would have to be for the printed rate
    denominator  what the denominator would have to be; None for a printed 0
    """

    rate: float | None
    agrees: bool
    numerator: float
    denominator: float | None


def rate_check(numerator: float, denominator: float, printed: float, places: int = 0) -> RateCheck:
    """Does a printed percentage follow from its parts?

    places  decimals that the percentage is printed with

    >>> found = rate_check(178, 900, 24)
    >>> round(found.rate, 1), found.agrees, found.numerator, round(found.denominator)
    (19.8, False, 216.0, 742)
    """
    if numerator < 0 or denominator < 0:
        raise StatisticsError(
            f"the parts of a rate are 0 or more; got: {numerator:g} of {denominator:g}"
        )
    rate = 100 * numerator / denominator if denominator else None
    half = 0.5 * 10.0**-places
    agrees = rate is not None and abs(rate - printed) <= half + 1e-9
    return RateCheck(
        rate, agrees, printed / 100 * denominator, 100 * numerator / printed if printed else None
    )
