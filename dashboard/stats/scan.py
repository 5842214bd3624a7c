"""Where and when do too many events lie together? A scan over connected places and days.

source  Kulldorff 2001, "Prospective time periodic geographical disease surveillance using a scan
        statistic", JRSS A 164; with what the past lets expect in the place of the population
        (Neill 2009, "Expectation-based scan statistics for monitoring spatial time series data",
        International Journal of Forecasting 25). Zones are connected sets of places, as in the
        flexibly shaped scan of Tango & Takahashi 2005.

The score of a zone and a span of days is the log likelihood ratio of C events against E expected,
C ln(C/E) − (C − E), over the dispersion there, less COST for each place beyond the first: a place
joins a zone by its own excess, not because chance has left it a little above.

Its p-value is the chance that the highest score of all zones, spans and kinds looked at is as high
though nothing has risen: the highest scores of simulated fortnights, with a Gumbel tail (Abrams,
Kleinman & Kulldorff 2010, International Journal of Health Geographics 9:61), so that some hundred
simulations tell a p-value that ten thousand permutations could not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.errors import StatisticsError

LARGEST = 4  # places of a zone
SPANS = (3, 7)  # days of a span beside the whole window
FEWEST = 3  # events of a cluster, as of an alert
COST = 2.5  # log likelihood that each further place must bring: z of about 2.2
FLOOR = 2.0  # scores below are never near a cluster's, and are not looked at
SIMULATIONS = 499
NEWTON = 6
EULER = 0.5772156649015329


@dataclass(frozen=True)
class Kind:
    """What is known of one kind of event: one entry a place in each array.

    counts          places × days
    mean, variance  of the whole window's count at each place, as forecast
    common          τ²: relative variance, within `variance`, of what moves all places together
    day_share       share of a window's events that falls on each day; the days' sum is 1
    """

    counts: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    common: float
    day_share: np.ndarray


@dataclass(frozen=True)
class Cluster:
    """Places (by index) and days [first, until) that hold more events than expected."""

    kind: int
    places: tuple[int, ...]
    first: int
    until: int
    count: int
    expected: float
    score: float
    p: float


def zones(neighbours: Mapping[int, Collection[int]], number: int) -> np.ndarray:
    """Zones × places: every connected set of up to LARGEST places."""
    latest = {frozenset([place]) for place in range(number)}
    connected = sorted(latest, key=sorted)
    for _ in range(LARGEST - 1):
        latest = {
            zone | {beside}
            for zone in latest
            for place in zone
            for beside in neighbours.get(place, ())
            if beside not in zone
        }
        connected += sorted(latest, key=sorted)
    member = np.zeros((len(connected), number), dtype=np.float32)
    for row, zone in enumerate(connected):
        member[row, sorted(zone)] = 1
    return member


def scan(
    kinds: list[Kind], member: np.ndarray, seed: int, simulations: int = SIMULATIONS
) -> list[Cluster]:
    """The zones of each kind whose places do not overlap, highest score first, each with its p.

    member  zones × places, as `zones` gives it
    seed    of the simulations: the same events give the same answer
    raises  StatisticsError for shapes that differ
    """
    checked = [_checked(kind, member) for kind in kinds]
    if not checked:
        return []
    draw = np.random.default_rng(seed)
    highest = np.zeros(simulations)
    clusters = []
    for number, kind in enumerate(checked):
        grid = _Grid(kind, member)
        chance = grid.best(simulated(draw, kind, simulations))
        highest = np.maximum(highest, chance)
        clusters += grid.clusters(number)
    tail = _gumbel(highest)
    dated = [Cluster(**{**vars(item), "p": tail(item.score)}) for item in clusters]
    return sorted(dated, key=lambda item: -item.score)


class _Grid:
    """The zones and spans of one kind: what each lets expect, and from which count it scores."""

    def __init__(self, kind: Kind, member: np.ndarray):
        self._kind, self._member = kind, member
        days = kind.counts.shape[1]
        self.spans = [
            (first, first + length)
            for length in (*(span for span in SPANS if span < days), days)
            for first in range(days - length + 1)
        ]
        mean = member @ kind.mean
        alone = member @ (kind.variance - kind.common * kind.mean**2)
        ratio = (alone + kind.common * mean**2) / mean
        shares = np.array([kind.day_share[first:until].sum() for first, until in self.spans])
        # Spans × zones. What moves a place for a fortnight moves a few of its days by as much.
        self._expected = shares[:, None] * mean
        self._ratio = 1 + shares[:, None] * np.maximum(ratio - 1, 0)
        self._fines = np.broadcast_to(COST * (member.sum(axis=1) - 1), self._expected.shape)
        # A hair less than it solves to, as counts are whole and rounding is not.
        self._least = (self._count_of(FLOOR) - 1e-3).astype(np.float32)

    def best(self, counts: np.ndarray) -> np.ndarray:
        """Highest score of each window, FLOOR where none is above it; windows × places × days."""
        highest = np.full(len(counts), FLOOR)
        window, span, zone, here = self._above(counts)
        np.maximum.at(highest, window, self._score(here, span, zone))
        return highest

    def clusters(self, number: int) -> list[Cluster]:
        """The highest scores above FLOOR whose places do not overlap."""
        _, spans, rows, here = self._above(self._kind.counts[None])
        scores = self._score(here, spans, rows)
        clusters, taken = [], np.zeros(self._member.shape[1], dtype=bool)
        for at in np.argsort(-scores, kind="stable"):
            places = np.flatnonzero(self._member[rows[at]])
            if taken[places].any():
                continue
            taken[places] = True
            expected = float(self._expected[spans[at], rows[at]])
            where, (first, until) = tuple(map(int, places)), self.spans[spans[at]]
            clusters.append(
                Cluster(
                    number, where, first, until, int(here[at]), expected, float(scores[at]), 1.0
                )
            )
        return clusters

    def _above(self, counts: np.ndarray) -> tuple[np.ndarray, ...]:
        """Window, span, zone and count of all that score above FLOOR."""
        before = np.zeros((len(counts), counts.shape[2] + 1, counts.shape[1]), dtype=np.float32)
        np.cumsum(counts.transpose(0, 2, 1), axis=1, out=before[:, 1:])
        first, until = np.array(self.spans).T
        here = (before[:, until] - before[:, first]) @ self._member.T
        # Few are above; flat it takes a tenth of the time.
        at = np.flatnonzero(here >= self._least)
        window, span, zone = np.unravel_index(at, here.shape)
        return window, span, zone, here.ravel()[at].astype(float)

    def _score(self, here: np.ndarray, span: np.ndarray, zone: np.ndarray) -> np.ndarray:
        expected = self._expected[span, zone]
        gain = here * np.log(here / expected) - (here - expected)
        return gain / self._ratio[span, zone] - self._fines[span, zone]

    def _count_of(self, score: float) -> np.ndarray:
        """The count at which each span and zone scores so much, FEWEST at least: by Newton's
        method from above, where the score is convex."""
        expected, gain = self._expected, (score + self._fines) * self._ratio
        count = expected + np.sqrt(2 * expected * gain) + gain
        for _ in range(NEWTON):
            over = count * np.log(count / expected) - (count - expected) - gain
            count = count - over / np.log(count / expected)
        return np.maximum(count, FEWEST)


def simulated(draw: np.random.Generator, kind: Kind, number: int) -> np.ndarray:
    """Windows × places × days in which nothing has risen."""
    alone = np.maximum(kind.variance - kind.mean - kind.common * kind.mean**2, 1e-9)
    relative = alone / kind.mean**2
    rate = kind.mean * draw.gamma(1 / relative, relative, (number, len(kind.mean)))
    if kind.common > 0:
        rate = rate * draw.gamma(1 / kind.common, kind.common, (number, 1))
    return draw.poisson(rate[..., None] * kind.day_share).astype(np.float32)


def _gumbel(highest: np.ndarray) -> Callable[[float], float]:
    """The chance of a highest score as high as one given, by the moments of those simulated."""
    scale = max(float(highest.std(ddof=1)), 1e-6) * np.sqrt(6) / np.pi
    middle = float(highest.mean()) - EULER * scale

    def chance(score: float) -> float:
        return float(-np.expm1(-np.exp(-(score - middle) / scale)))

    return chance


def _checked(kind: Kind, member: np.ndarray) -> Kind:
    places, days = kind.counts.shape
    if not (
        places == len(kind.mean) == len(kind.variance) == member.shape[1]
        and len(kind.day_share) == days
    ):
        raise StatisticsError("each place of a scan needs its days, a mean, a variance, a zone")
    if (kind.mean <= 0).any() or (kind.counts < 0).any():
        raise StatisticsError("a scan expects more than 0 at each place, and counts 0 or more")
    return kind
