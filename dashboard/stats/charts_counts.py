"""Control charts for counts, shares, rates and rare events: I, MR, c, u, u′, p, p′, g, t.

Formulas of Montgomery, "Introduction to Statistical Quality Control", as the R package
qicharts2 has them (checked by its figures); sigma of an I chart is the mean moving range
over 1.128, a little less than the 2.66 / 3 of an XmR chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.runs import Runs, runs

TO_SIGMA = 1.128  # mean moving range of normal values over their standard deviation
SCREEN = 3.267  # moving ranges beyond this many mean ones are left out, once
T_POWER = 3.6  # time between events ^ 1/3.6 is nearly normal (Nelson 1994)


@dataclass(frozen=True)
class CountChart:
    """What is drawn, in time order: NaN where a point or a limit is missing."""

    plotted: np.ndarray
    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    outside: np.ndarray
    runs: Runs


@dataclass(frozen=True)
class _Given:
    """Values, denominators (1 for counts) and the points that centre and limits stand on."""

    values: np.ndarray
    sizes: np.ndarray
    base: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        return self.values / self.sizes

    @property
    def overall(self) -> float:
        known = self.base[~np.isnan(self.values[self.base])]
        return float(self.values[known].sum() / self.sizes[known].sum())


Lines = tuple[np.ndarray, float, np.ndarray, np.ndarray]  # plotted, centre, lower, upper


def control_chart(
    kind: str,
    values: ArrayLike,
    denominators: ArrayLike | None = None,
    *,
    baseline: int | None = None,
    exclude: Iterable[int] = (),
) -> CountChart:
    """The chart of one kind, of numbers in time order; NaN is a missing one.

    kind          'run', 'i', 'mr', 'c', 'u', 'u_prime', 'p', 'p_prime', 'g' or 't'
    denominators  cases or exposure of each point: u and p charts
    baseline      centre and limits stand on the first so many points; all when left out
    exclude       points (from 0) that neither they nor the runs stand on
    raises        StatisticsError for a kind that is none, or denominators not above 0.
    """
    if kind not in KINDS:
        raise StatisticsError(f"a chart is one of {', '.join(KINDS)}; got: {kind!r}")
    given, kept = _given(kind, values, denominators, baseline, exclude)
    plotted, centre, lower, upper = KINDS[kind](given)
    line = np.full(len(plotted), centre)
    lower, upper = (np.broadcast_to(limit, line.shape) for limit in (lower, upper))
    return CountChart(
        plotted=plotted,
        centre=line,
        lower=lower,
        upper=upper,
        outside=(plotted > upper) | (plotted < lower),
        runs=runs(plotted[kept], line[kept]),
    )


def screened_sigma(values: np.ndarray) -> float:
    """Mean moving range over 1.128, with ranges beyond 3.267 mean ones left out once."""
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges) or not ranges.any():
        return 0.0
    screened = float(ranges[ranges < SCREEN * ranges.mean()].mean())
    # Not where only zeros would be left: limits without width would mark every point.
    return (screened or float(ranges.mean())) / TO_SIGMA


def _run(given: _Given) -> Lines:
    none = np.full(1, np.nan)
    return given.values, float(np.nanmedian(given.values[given.base])), none, none


def _i(given: _Given) -> Lines:
    centre, sigma = given.overall, screened_sigma(given.values[given.base])
    return given.values, centre, np.array(centre - 3 * sigma), np.array(centre + 3 * sigma)


def _mr(given: _Given) -> Lines:
    ranges = np.abs(np.diff(given.values, prepend=np.nan))
    centre = float(np.nanmean(ranges[given.base]))
    return ranges, centre, np.zeros(1), np.array(SCREEN * centre)


def _c(given: _Given) -> Lines:
    return _limited(given, np.sqrt(np.full(1, given.overall)))


def _u(given: _Given) -> Lines:
    return _limited(given, np.sqrt(given.overall / given.sizes))


def _p(given: _Given) -> Lines:
    return _limited(given, np.sqrt(given.overall * (1 - given.overall) / given.sizes), 1.0)


def _u_prime(given: _Given) -> Lines:
    return _limited(given, _laney(given))


def _p_prime(given: _Given) -> Lines:
    return _limited(given, _laney(given), 1.0)


def _laney(given: _Given) -> np.ndarray:
    """Sigma times the spread of z between points: Laney 2002, for big denominators.

    Of sigma only the size is left, √(1/n): what else it is (P(1 − P) of a share, the mean of a
    rate) is divided out in z.
    """
    sigma = given.sizes**-0.5
    z = (given.shares - given.overall) / sigma
    return sigma * screened_sigma(z[given.base])


def _limited(given: _Given, sigma: np.ndarray, most: float = np.inf) -> Lines:
    centre = given.overall
    lower, upper = np.maximum(centre - 3 * sigma, 0.0), np.minimum(centre + 3 * sigma, most)
    return given.shares, centre, lower, upper


def _g(given: _Given) -> Lines:
    """Events between: limits of the geometric distribution, centre drawn at the median."""
    mean, apart = given.overall, 3 * np.sqrt(given.overall * (given.overall + 1))
    centre = float(np.nanmedian(given.values[given.base]))
    return given.values, centre, np.array(max(mean - apart, 0.0)), np.array(mean + apart)


def _t(given: _Given) -> Lines:
    """Time between: an I chart of y^(1/3.6), turned back. Same-day events take half a day."""
    if (given.values <= 0).any():
        raise StatisticsError("times between events are above 0; give same-day events half a day")
    _, centre, lower, upper = _i(_Given(given.values ** (1 / T_POWER), given.sizes, given.base))
    back = np.maximum(lower, 0.0) ** T_POWER
    return given.values, centre**T_POWER, back, upper**T_POWER


KINDS: dict[str, Callable[[_Given], Lines]] = {
    "run": _run,
    "i": _i,
    "mr": _mr,
    "c": _c,
    "u": _u,
    "u_prime": _u_prime,
    "p": _p,
    "p_prime": _p_prime,
    "g": _g,
    "t": _t,
}
OF_SHARES = ("u", "u_prime", "p", "p_prime")


def _given(
    kind: str,
    values: ArrayLike,
    denominators: ArrayLike | None,
    baseline: int | None,
    exclude: Iterable[int],
) -> tuple[_Given, np.ndarray]:
    series = np.asarray(values, dtype=float)
    sizes = np.ones(len(series))
    if kind in OF_SHARES:
        sizes = np.asarray(denominators, dtype=float)
    if sizes.shape != series.shape or not (sizes > 0).all():
        raise StatisticsError(f"a {kind} chart needs a denominator above 0 for each point")
    kept = np.ones(len(series), dtype=bool)
    kept[list(exclude)] = False
    based = kept & (np.arange(len(series)) < (len(series) if baseline is None else baseline))
    if (~np.isnan(series[based])).sum() < 2:
        raise StatisticsError("a chart needs two points to stand on")
    # Excluded points are passed over, so that the points beside them make a moving range.
    return _Given(series, sizes, np.flatnonzero(based)), kept
