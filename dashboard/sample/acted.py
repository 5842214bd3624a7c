"""The rises of April and May 2004 that the meeting acted on, and what its actions did.

Drawn apart from all other reports: those of the rises are added last, those that an action kept
from happening are taken out after all were drawn, so that no other report is another for it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.sample import clock, lives, plants
from dashboard.sample.clock import FORTNIGHT
from dashboard.sample.lives import Lives
from dashboard.sample.places import place
from dashboard.sample.volumes import Volumes

DRAW = 7  # of the action's own chance
APART = 1_000_003  # added to the seed: the lives of the rises are drawn apart


def without(block: Lives, seed: int) -> Lives:
    """The reports but for those that an action kept from happening."""
    kept = np.ones(len(block.number), dtype=bool)
    for number, item in enumerate(plants.ACTED):
        if not item.change:
            continue
        rng = np.random.default_rng([seed, DRAW, number])
        reached = block.stream == plants.stream_of(item)
        reached &= np.isin(block.borough, [place(code) for code in item.boroughs])
        reached &= block.reported_on >= clock.day(item.until)
        kept[reached] = rng.random(int(reached.sum())) >= -item.change
    return block.at(kept)


def rises(volumes: Volumes, first: int, seed: int) -> Lives:
    """The reports of the rises, numbered from `first`."""
    extra = added(volumes.counts.shape)
    apart = Volumes(volumes.expected, extra, extra, volumes.days)
    since = min(_fortnight(item) for item in plants.ACTED)
    reports = lives.live(apart, since, clock.FORTNIGHTS, first, seed + APART)
    # They are not among the reports that the ground truth lists one by one.
    return replace(reports, planted=np.zeros(len(reports.number), dtype=bool))


def added(shape: tuple[int, ...]) -> np.ndarray:
    """How many reports the rises add to each cell of streams × areas × fortnights."""
    extra = np.zeros(shape, dtype=np.int64)
    for item in plants.ACTED:
        for code in item.boroughs:
            extra[plants.stream_of(item), place(code), _fortnight(item)] += item.more
    return extra


def _fortnight(item: plants.Acted) -> int:
    """Position of the fortnight that rose."""
    return (item.until - clock.GRID_START) // FORTNIGHT - 1
