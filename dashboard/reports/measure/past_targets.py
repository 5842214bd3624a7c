"""Would it meet its target? The targets that past year-end forecasts are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.reports.measure.growth import span
from dashboard.reports.measure.year_ends import Years
from dashboard.reports.request import Request
from dashboard.stats import backtest as scoring

# Targets stated where the catalogue has none for the year: last year's total, changed by so much.
STATED = (-0.05, 0.0, 0.05)


@dataclass(frozen=True)
class Asked:
    """Whether a year met a target: one entry a forecast and target.

    row      the forecast's place in its Years
    change   the stated target against last year's total; NaN: a target of the catalogue
    higher   whether more is better: the year is to end at the target or over
    """

    row: np.ndarray
    change: np.ndarray
    target: np.ndarray
    higher: np.ndarray


def asked(request: Request, forecasts: Years) -> Asked:
    """The targets each forecast is asked about: the catalogue's, else the stated ones."""
    rows, changes, targets, highers = [], [], [], []
    for row in range(len(forecasts.measure)):
        higher = request.measures[forecasts.measure[row]].better == "higher"
        for change, target in _targets(request, forecasts, row):
            rows.append(row)
            changes.append(change)
            targets.append(target)
            highers.append(higher)
    return Asked(
        np.array(rows, dtype=int),
        np.array(changes, dtype=float),
        np.array(targets, dtype=float),
        np.array(highers, dtype=bool),
    )


def _targets(request: Request, forecasts: Years, row: int) -> list[tuple[float, float]]:
    last, since = forecasts.last[row], span(int(forecasts.year[row]))[0]
    if forecasts.borough[row] is None:
        day = date.fromordinal(int(forecasts.origin[row]))
        held = request.catalogue.target(forecasts.measure[row], forecasts.unit[row], since, day)
        if held and held.basis == "level":
            return [(np.nan, held.target)]
        if held and not np.isnan(last):
            return [(np.nan, last * (1 + held.target / 100))]
    return [] if np.isnan(last) else [(change, last * (1 + change)) for change in STATED]


def chances(forecasts: Years, questions: Asked, factor: np.ndarray) -> np.ndarray:
    """The chance of each target, the dispersion of each forecast multiplied by its factor."""
    row = questions.row
    rest, variance = forecasts.rest[row], (forecasts.variance * factor)[row]
    under = scoring.chance_at_most(forecasts.so_far[row], questions.target, rest, variance)
    # At the target or over is not one below it or under.
    below = scoring.chance_at_most(
        forecasts.so_far[row], np.ceil(questions.target) - 1, rest, variance
    )
    return np.where(questions.higher, 1 - below, under)


def met(value: np.ndarray, questions: Asked) -> np.ndarray:
    """Whether each year's total (or a call of it), one a forecast, meets each target."""
    asked_of = value[questions.row]
    return np.where(questions.higher, asked_of >= questions.target, asked_of <= questions.target)
