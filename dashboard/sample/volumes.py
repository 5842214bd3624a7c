"""How many reports: expected and drawn counts by stream, area and fortnight.

A count is gamma-mixed Poisson with variance = dispersion × mean, which holds at every
level of adding up; homicides are Poisson.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.sample import clock, plants
from dashboard.sample.places import SPREADS
from dashboard.sample.streams import LEVELS, SEASONS, STREAMS

# Of several draws the one that, at the default seed, raises no alert that is not planted and
# has Southwark first in gun crime, as the paper of May 2005 does.
DRAW = 101
WEEKDAY = np.array([1.0, 0.98, 0.98, 1.0, 1.1, 1.08, 0.86])


@dataclass(frozen=True)
class Volumes:
    """expected, counts: streams × areas × fortnights; days: streams × fortnights × 14, cumulated.

    planted  how many of a cell's reports are planted
    """

    expected: np.ndarray
    counts: np.ndarray
    planted: np.ndarray
    days: np.ndarray


def draw(seed: int, scale: float) -> Volumes:
    """The number of reports of every cell; the same seed and scale give the same numbers."""
    rng = np.random.default_rng([seed, DRAW])
    mean, in_fortnight = _expected(scale)
    counts = np.zeros(mean.shape, dtype=np.int64)
    for row, stream in enumerate(STREAMS):
        counts[row] = drawn_counts(rng, mean[row], stream.dispersion)
    planted = plants.place(counts, mean)
    days = np.cumsum(in_fortnight, axis=2)
    return Volumes(mean, counts + planted, planted, days / days[:, :, -1:])


def expected(scale: float) -> np.ndarray:
    """The expected number of reports of every cell, before anything is planted."""
    return _expected(scale)[0]


def _expected(scale: float) -> tuple[np.ndarray, np.ndarray]:
    in_fortnight = _daily_rates().reshape(len(STREAMS), clock.FORTNIGHTS, 14)
    spread = np.stack([SPREADS[stream.spread] for stream in STREAMS])
    return spread[:, :, None] * in_fortnight.sum(axis=2)[:, None, :] * scale, in_fortnight


def drawn_counts(rng: np.random.Generator, mean: np.ndarray, dispersion: float) -> np.ndarray:
    if dispersion > 1:
        # A gamma of shape m/(φ-1) and scale φ-1 has mean m and adds m(φ-1) to the variance.
        mean = rng.standard_gamma(mean / (dispersion - 1)) * (dispersion - 1)
    return rng.poisson(mean)


def _daily_rates() -> np.ndarray:
    """Expected reports at scale 1: streams × days from the start of the grid."""
    first = clock.day(clock.GRID_START)
    dates = [clock.from_day(first + index) for index in range(clock.FORTNIGHTS * 14)]
    year = np.array([clock.CALENDAR.year_start(item).year - 2000 for item in dates]).clip(0)
    month = np.array([item.month - 1 for item in dates])
    week = WEEKDAY[np.array([item.weekday() for item in dates])]
    known = np.array([item >= clock.SINCE for item in dates])
    rates = np.empty((len(STREAMS), len(dates)))
    for row, stream in enumerate(STREAMS):
        level = np.array(LEVELS[stream.levels])[year]
        season = np.array(SEASONS[stream.season])[month] * 12
        rates[row] = stream.yearly / 365.25 * level * season * week * known
    _lasting_fall(rates, dates)
    return rates


def _lasting_fall(rates: np.ndarray, dates: list[date]) -> None:
    """Lowers the streams of the planted fall from its first day on."""
    fall = plants.FALL
    after = np.array([item >= fall.since for item in dates])
    for row, stream in enumerate(STREAMS):
        if stream.offence == fall.offence:
            rates[row, after] *= 1 + fall.change
