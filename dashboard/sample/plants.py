"""What is planted in the sample, so that a test can ask whether it is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.sample import clock
from dashboard.sample.clock import FORTNIGHT, GRID_END
from dashboard.sample.places import place as area
from dashboard.sample.streams import STREAMS


@dataclass(frozen=True)
class Rise:
    """A stream that jumps in the last fortnight, in some boroughs.

    Each gets at least times × expected + more.
    """

    measure: str
    offence: str
    ocu: str
    boroughs: tuple[str, ...]
    times: float
    more: int


@dataclass(frozen=True)
class Fall:
    """A stream that runs lower for good from a day on."""

    measure: str
    offence: str
    ocu: str
    since: date
    change: float


@dataclass(frozen=True)
class Overspend:
    """A branch whose overtime runs above its profile from a day on."""

    ocu: str
    branch: str
    since: date
    change: float


@dataclass(frozen=True)
class Backlog:
    """An OCU that leaves reports unvalidated from a day on."""

    ocu: str
    since: date
    share: float


@dataclass(frozen=True)
class Acted:
    """A rise of one fortnight that the meeting acted on, and what the action did to the stream.

    until   end of the fortnight that rose; the action begins with the next
    more    reports added in each borough in it
    change  what the action does to the count from then on: 0 where it did nothing
    """

    measure: str
    offence: str
    ocu: str
    boroughs: tuple[str, ...]
    until: date
    more: int
    change: float


LAST = (GRID_END - FORTNIGHT, GRID_END)
# Camden, Hackney and Islington: Islington touches both of the others.
ROBBERY = Rise(
    "commercial_robbery",
    "robbery_business",
    "SCD7",
    ("E09000007", "E09000012", "E09000019"),
    2,
    14,
)
# Brent, where fewer than one Trident shooting is expected in a fortnight.
SHOOTINGS = Rise("trident_nonfatal_shootings", "shooting_nonfatal", "SCD8", ("E09000005",), 0, 8)
RISES = (ROBBERY, SHOOTINGS)
# Lambeth, Lewisham and Southwark, which touch: acted on in April, and it worked.
WORKED = Acted(
    "commercial_robbery",
    "robbery_business",
    "SCD7",
    ("E09000022", "E09000023", "E09000028"),
    GRID_END - FORTNIGHT * 6,
    10,
    -0.6,
)
# Redbridge and Waltham Forest: acted on in May, and it did nothing; the rise passed by itself.
NOTHING = Acted(
    "commercial_robbery",
    "robbery_business",
    "SCD7",
    ("E09000026", "E09000031"),
    GRID_END - FORTNIGHT * 5,
    10,
    0.0,
)
ACTED = (WORKED, NOTHING)
FALL = Fall("kidnaps", "kidnap", "SCD7", date(2003, 11, 1), -0.35)
OVERSPEND = Overspend("SCD7", "SCD7(5)", date(2004, 4, 1), 0.7)
BACKLOG = Backlog("SCD5", GRID_END - FORTNIGHT * 4, 0.55)


def place(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """How many reports to add to each cell, so that every rise reaches its size."""
    extra = np.zeros_like(counts)
    for rise in RISES:
        row = stream_of(rise)
        for code in rise.boroughs:
            cell = (row, area(code), clock.FORTNIGHTS - 1)
            wanted = int(np.ceil(rise.times * expected[cell] + rise.more))
            extra[cell] = max(0, wanted - counts[cell])
    return extra


def stream_of(rise: Rise | Acted) -> int:
    """Position of the stream that a rise lifts."""
    return next(
        index
        for index, stream in enumerate(STREAMS)
        if (stream.offence, stream.ocu) == (rise.offence, rise.ocu)
    )
