"""The table of series that signals are made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.errors import StatisticsError

BOROUGH = "borough"  # the family of parts; a series of any other is a whole count


@dataclass(frozen=True)
class SeriesTable:
    """One entry a series in each array.

    measure  its crime type: dispersion and season are those of a type at one level
    family   'borough', 'ocu' or 'directorate': the list that the series is tested in
    place    borough of a part; '' for a whole count
    history  series × windows before the one tested, latest last; NaN where not covered or before
             a break. May be longer than a year: season and drift are taken from what there is
    year     windows of a year: 26 fortnights or 52 weeks
    """

    measure: np.ndarray
    family: np.ndarray
    place: np.ndarray
    history: np.ndarray
    year: int = 26

    def __post_init__(self) -> None:
        number = len(self.measure)
        if self.history.ndim != 2 or not (
            number == len(self.family) == len(self.place) == len(self.history)
        ):
            raise StatisticsError("each series needs a type, a family, a place and its windows")
        if (self.history < 0).any():
            raise StatisticsError("counts are 0 or more")

    @property
    def is_part(self) -> np.ndarray:
        return self.family == BOROUGH
