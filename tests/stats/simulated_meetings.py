"""Simulated meetings with as many series as the sample: directorate, OCU, borough, nested.

Twelve crime types, each of one OCU, in 28 boroughs; an OCU's count is the sum of its
boroughs', a directorate series the sum of two OCUs'. So families are 6, 12 and 336 series.
"""

from dataclasses import dataclass, field

import numpy as np

from dashboard.signals.alerts import alert_table
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts

TYPES, BOROUGHS, WINDOWS = 12, 28, 26
FAMILIES = np.repeat(["borough", "ocu", "directorate"], [TYPES * BOROUGHS, TYPES, TYPES // 2])


@dataclass
class Tally:
    """What came of many meetings: by family, per meeting."""

    meetings: int
    any_alert: dict[str, int]
    alerts: int
    false_alerts: int
    planted: int
    found: int
    watched_false: int
    expected_watched: float
    any_at_all: int = 0
    false_shares: list[float] = field(default_factory=list)


def draw(rng, mean, phi, windows):
    """Counts of mean `mean` and variance phi × mean: Poisson, or negative binomial."""
    spread = np.maximum(phi - 1, 1e-9)
    rate = rng.gamma((mean / spread)[..., None], spread[..., None], (*mean.shape, windows))
    return rng.poisson(np.where(phi[..., None] > 1, rate, mean[..., None])).astype(float)


def with_parents(boroughs):
    """Borough values of types × boroughs, with the sums of their OCU and directorate below."""
    ocu = boroughs.sum(axis=1)
    directorate = ocu.reshape(TYPES // 2, 2, *ocu.shape[1:]).sum(axis=1)
    flat = boroughs.reshape(TYPES * BOROUGHS, *boroughs.shape[2:])
    return np.concatenate([flat, ocu, directorate])


def groups():
    """Crime type of each series; a directorate's is its own."""
    types = np.repeat(np.arange(TYPES), BOROUGHS)
    return np.concatenate([types, np.arange(TYPES), TYPES + np.arange(TYPES // 2)])


def plant(rng, mean, share):
    """Means of the window now, and which series count as planted: the risen, above, below."""
    total = with_parents(mean)
    risen = rng.random(len(total)) < share
    related, now = np.zeros((TYPES, BOROUGHS), dtype=bool), mean.copy()
    direct = risen[: TYPES * BOROUGHS].reshape(TYPES, BOROUGHS)
    now[direct] = 2 * mean[direct] + 1
    related |= direct
    for row in np.flatnonzero(risen[TYPES * BOROUGHS :]):
        chosen = [row] if row < TYPES else [2 * (row - TYPES), 2 * (row - TYPES) + 1]
        whole = mean[chosen].sum()
        now[chosen] = mean[chosen] * (2 * whole + 1) / whole
        related[chosen] = True
    return now, risen, with_parents(related.astype(int)) > 0


def meetings(seed, number, share, low=0.2, high=30.0):
    """Tally of `number` meetings in which `share` of the series have risen to 2 mean + 1."""
    rng = np.random.default_rng(seed)
    tally = Tally(number, dict.fromkeys(("borough", "ocu", "directorate"), 0), 0, 0, 0, 0, 0, 0.0)
    for _ in range(number):
        mean = np.exp(rng.uniform(np.log(low), np.log(high), (TYPES, BOROUGHS)))
        phi = np.repeat(rng.uniform(1.0, 1.6, (TYPES, 1)), BOROUGHS, axis=1)
        risen_mean, risen, related = plant(rng, mean, share)
        baseline = with_parents(draw(rng, mean, phi, WINDOWS))
        now = with_parents(draw(rng, risen_mean, phi, 1))[:, 0]
        places = np.where(FAMILIES == "borough", "a borough", "")
        table = SeriesTable(groups().astype(str), FAMILIES, places, baseline)
        count(tally, alert_table(now, table), risen, related)
    return tally


def count(tally, table, risen, related):
    """Adds one meeting's alerts to the tally."""
    alert = table.tier == "alert"
    for family in np.unique(FAMILIES[alert]):
        tally.any_alert[str(family)] += 1
    tally.any_at_all += bool(alert.any())
    tally.false_shares.append(int((alert & ~related).sum()) / max(1, int(alert.sum())))
    tally.alerts += int(alert.sum())
    tally.false_alerts += int((alert & ~related).sum())
    tally.planted += int((risen & table.tested).sum())
    tally.found += int((risen & alert).sum())
    unrelated = table.tested & ~related
    tally.watched_false += int((unrelated & (table.p < alerts.WATCH)).sum())
    tally.expected_watched += alerts.WATCH * int(unrelated.sum())
