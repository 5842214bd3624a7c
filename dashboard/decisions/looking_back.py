"""What a decision's series brought before it, from its fortnights: the part that is sealed.

The peak that led to the decision is one fortnight of those looked back on; season and drift are
taken from the fortnights before it, so that one high count at the end makes no drift. A burst
that is beyond what the other fortnights make possible tells nothing of the level, and would pass
by itself: it counts as an ordinary fortnight.
"""

from __future__ import annotations

import numpy as np

from dashboard.decisions.effects import HALF, LEAST_COMPARED, Past
from dashboard.errors import StatisticsError
from dashboard.stats import alerts as counts
from dashboard.stats import shares
from dashboard.stats.course import course
from dashboard.stats.local_level import local_level

BACK = 26  # fortnights that the level is taken from
LEAST = 13  # of them known, or nothing can be told
USUAL = 0.998  # of fortnights lie within a comparison borough's band
YEAR = 26  # fortnights
AHEAD = YEAR  # fortnights that chances are reckoned for


def of_boroughs(
    history: np.ndarray, treated: np.ndarray, compared: np.ndarray, touching: np.ndarray
) -> Past:
    """The past of some boroughs beside the others.

    history  boroughs × fortnights, latest last; NaN where not covered
    treated, compared, touching  which rows are which, as true and false
    raises   StatisticsError where too little is known, or too few are left to compare with
    """
    recent = _known(history)
    if compared.sum() < LEAST_COMPARED or not np.nansum(recent[compared]):
        raise StatisticsError(f"a comparison needs {LEAST_COMPARED} boroughs with counts")
    whole = shares.whole(history)
    factors = _factors(whole[None, :])[0]
    base, ahead = _split(factors, len(whole), ~np.isnan(recent).any(axis=0))
    level = max(float(np.nanmean(whole[-BACK:])), 1e-6)
    phi = shares.forecast(recent, level, level).phi
    here = factors[max(len(whole) - BACK, 0) : len(whole)]
    return Past(
        treated=float(np.nansum(ordinary(recent[treated].sum(axis=0)[None, :], here, phi))),
        compared=float(np.nansum(ordinary(recent[compared], here, phi))),
        touching=float(np.nansum(recent[touching])),
        exposure=base,
        ahead=ahead,
        phi=phi,
    )


def ordinary(series: np.ndarray, factors: np.ndarray, phi: float) -> np.ndarray:
    """Series × fortnights, each burst as what the series' others let expect of it.

    A burst is a count that one usual fortnight in a thousand reaches.
    """
    known = ~np.isnan(series)
    values, base = np.where(known, series, 0.0), np.where(known, factors, 0.0)
    others = values.sum(axis=1, keepdims=True) - values + HALF
    usual = factors * others / np.maximum(base.sum(axis=1, keepdims=True) - base, 1e-9)
    variance = np.maximum(phi * usual * (1 + usual / others), usual * (1 + 1e-6))
    chance = counts.tail(values, usual, variance)
    return np.where(known, np.where(chance < (1 - USUAL) / 2, usual, values), np.nan)


def caps(totals: np.ndarray, past: Past, horizon: int) -> np.ndarray:
    """The most that each fortnight of a comparison borough counts for: boroughs × fortnights.

    A peak elsewhere would otherwise be taken for a success here. One in a thousand of usual
    fortnights is above its cap.
    totals  of each borough over the fortnights looked back on
    """
    mean = (totals[:, None] + HALF) / past.exposure * np.array(past.ahead[:horizon])
    variance = past.phi * mean * (1 + mean / (totals[:, None] + HALF))
    return counts.band(mean, np.maximum(variance, mean * (1 + 1e-6)), USUAL)[1]


def of_whole(history: np.ndarray) -> Past:
    """The past of one whole count, which nothing stands beside.

    history  fortnights, latest last; NaN where not covered
    raises   StatisticsError where too little is known
    """
    return of_wholes(history[None, :])[0]


def of_wholes(histories: np.ndarray) -> list[Past]:
    """The pasts of many whole counts, each by itself: series × fortnights."""
    length = histories.shape[1]
    factors, calm = _factors(histories), histories.copy()
    calm[:, -1] = np.nan
    smoothing = local_level(calm, factors[:, :length]).smoothing
    return [_of_whole(*one) for one in zip(histories, factors, smoothing, strict=True)]


def _of_whole(history: np.ndarray, factors: np.ndarray, smoothing: float) -> Past:
    recent = _known(history[None, :])[0]
    known, length = ~np.isnan(recent), len(history)
    base, ahead = _split(factors, length, known)
    here = factors[max(length - BACK, 0) : length][known]
    usual = here * (np.nansum(recent) / here.sum())
    # The peak was chosen for being high: what it says of the spread is no fair sample.
    apart, n = (recent[known] - usual)[:-1], int(known.sum()) - 2
    phi = max(1.0, float((apart**2 / np.maximum(usual[:-1], 1e-9)).sum()) / n)
    # Few counts tell their own spread badly: Student's ν / (ν − 2).
    phi *= n / (n - 2)
    mean = max(float(np.nanmean(recent)), 1e-6)
    # Of exponential smoothing: a level that steps by λ²/(1 − λ) of a count's own variance.
    step = float(smoothing) ** 2 / (1 - float(smoothing)) * phi / mean
    calm = ordinary(recent[None, :], factors[max(length - BACK, 0) : length], phi)
    # Two waves, each with the error of a coefficient fitted to all that is known.
    unsure = 2 * phi / max(float(np.nansum(history)), 1.0)
    return Past(float(np.nansum(calm)), 0.0, 0.0, base, ahead, phi, step, unsure)


def _known(history: np.ndarray) -> np.ndarray:
    recent = history[:, -BACK:]
    if (~np.isnan(recent).any(axis=0)).sum() < LEAST:
        raise StatisticsError(f"an effect needs {LEAST} windows of counts by day before it")
    return recent


def _factors(wholes: np.ndarray) -> np.ndarray:
    """Season and drift of each fortnight known and of those ahead, a row a series."""
    calm = np.column_stack([wholes, np.full((len(wholes), AHEAD), np.nan)])
    calm[:, wholes.shape[1] - 1] = np.nan
    return course(calm, YEAR).factors


def _split(factors: np.ndarray, length: int, known: np.ndarray) -> tuple[float, tuple[float, ...]]:
    """The exposure of what is known, and the seasons ahead, 1 being that of its mean."""
    base = factors[:length][-BACK:][known]
    ahead = factors[length:] / base.mean()
    return float(known.sum()), tuple(float(item) for item in ahead)
