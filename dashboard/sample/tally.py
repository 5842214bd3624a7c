"""What another office counts from the same reports, as they stood when it published."""

from __future__ import annotations

import numpy as np

from dashboard.sample import clock, lives
from dashboard.sample.clock import NEVER
from dashboard.sample.lives import Lives
from dashboard.sample.places import CODES, place

DAYS = clock.FORTNIGHTS * 14
_HOMICIDE = [lives.OFFENCES.index(name) for name in ("murder", "manslaughter", "infanticide")]
_ROBBERY = lives.OFFENCES.index("robbery_business")
_GUN = [lives.WEAPONS.index(name) for name in ("firearm", "imitation_firearm")]
_FLYING_SQUAD = lives.OCUS.index("SCD7")
SUBJECTS = ("homicide", "robbery_business", "gun_crime", "commercial_robbery")


class Tally:
    """Offences and outcomes by publication, subject, area and day.

    commercial_robbery is SCD7's part of robbery_business; it serves the corporate figures.
    """

    def __init__(self) -> None:
        shape = (len(clock.MONTHLY), len(SUBJECTS), len(CODES), DAYS)
        self.offences = np.zeros(shape, dtype=np.int64)
        self.outcomes = np.zeros(shape, dtype=np.int64)

    def add(self, block: Lives, vintage: int) -> None:
        """Counts a block as it was known on the day `vintage`."""
        edition = [clock.day(item) for item in clock.MONTHLY].index(vintage)
        settled = (block.reclassified_on <= vintage) | (block.reclassified_on == NEVER)
        offence = np.where(settled, block.offence, block.was_offence)
        ocu = np.where(settled, block.ocu, block.was_ocu)
        area = np.where(block.located_on <= vintage, block.borough, place("unknown"))
        counted = (block.entered_on <= vintage) & (block.no_crimed_on > vintage)
        detected = counted & (block.detection_known <= vintage)
        for index, chosen in enumerate(
            (
                np.isin(offence, _HOMICIDE),
                offence == _ROBBERY,
                np.isin(block.weapon, _GUN),
                (offence == _ROBBERY) & (ocu == _FLYING_SQUAD),
            )
        ):
            self.offences[edition, index] += _by_day(area, block.reported_on, counted & chosen)
            self.outcomes[edition, index] += _by_day(area, block.detected_on, detected & chosen)


def _by_day(area: np.ndarray, days: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """areas × days of the grid."""
    cell = area[rows] * DAYS + days[rows] - clock.day(clock.GRID_START)
    return np.bincount(cell, minlength=len(CODES) * DAYS).reshape(len(CODES), DAYS)
