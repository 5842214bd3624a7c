"""How far the next fortnight's bands are widened so that they hold as often as they say.

source  statistics of the backtest: the 80 % band is to hold 0.75 to 0.88 of what came; where it
        held less, dispersion is multiplied until it does, by crime type where a year of its
        forecasts is known.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TypedDict

import numpy as np

from dashboard.reports.alerts.past_rounds import Round, rounds
from dashboard.reports.request import Request
from dashboard.reports.request.reckoned import reckoned
from dashboard.stats import backtest as scoring
from dashboard.words.names import windows_word

LEAST = 26  # past forecasts from which a crime type has a factor of its own


@dataclass(frozen=True)
class Width:
    """What the dispersion of a forecast is multiplied by, and the past it was taken from.

    n    forecasts that were scored; own: whether they are of the crime type alone
    """

    factor: float
    n: int
    held: int
    held_then: int
    own: bool

    @property
    def words(self) -> str:
        """'80 % bands held 14 of 24 past fortnights, 18 with dispersion × 2.6'; or weeks."""
        said = f"80 % bands held {self.held:,} of {self.n:,} past {windows_word()}"
        if self.factor == 1:
            return said
        return f"{said}, {self.held_then:,} with dispersion × {self.factor:.2g}"


def widths(request: Request) -> dict[str, Width]:
    """By crime type, for counts of a whole unit or of the force; '' is all of them together.

    Empty where no past fortnight can be forecast.
    """
    return {
        row["measure"]: Width(
            row["factor"], row["n"], row["held"], row["held_then"], own=row["own"]
        )
        for row in _widths(request)
    }


def width_of(by_measure: dict[str, Width], measure: str) -> Width | None:
    """The crime type's own, else that of all together; None where nothing is known."""
    return by_measure.get(measure, by_measure.get(""))


class Measured(TypedDict):
    """The Width of a crime type; '' is all of them together."""

    measure: str
    factor: float
    n: int
    held: int
    held_then: int
    own: bool


@reckoned(Measured)
def _widths(request: Request) -> list[Measured]:
    by_measure = scored(rounds(request, request.listed).forecasts)
    return [{"measure": name, **asdict(width)} for name, width in by_measure.items()]  # type: ignore[typeddict-item]


def scored(forecasts: tuple[Round, ...]) -> dict[str, Width]:
    """The widths that past forecasts give."""
    whole = [np.array([item.borough is None for item in one.series]) for one in forecasts]
    if not any(chosen.any() for chosen in whole):
        return {}
    names, now, mean, variance = (
        np.concatenate(
            [getattr(one, key)[kept] for one, kept in zip(forecasts, whole, strict=True)]
        )
        for key in ("measure", "now", "mean", "variance")
    )
    by_measure = {"": _width(now, mean, variance, own=False)}
    for name in np.unique(names):
        chosen = names == name
        if chosen.sum() >= LEAST:
            by_measure[str(name)] = _width(now[chosen], mean[chosen], variance[chosen], own=True)
    return by_measure


def _width(now: np.ndarray, mean: np.ndarray, variance: np.ndarray, *, own: bool) -> Width:
    wider = scoring.inflation(now, mean, variance)
    before, after = (
        int(scoring.held(now, mean, variance * factor).sum()) for factor in (1.0, wider.factor)
    )
    return Width(wider.factor, len(now), before, after, own)
