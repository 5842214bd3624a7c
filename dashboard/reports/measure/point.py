"""One whole covered period of a measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Point:
    """A period of a measure; the parts are None outside coverage."""

    start: date
    numerator: float | None
    denominator: float | None
    provisional: bool

    def value(self, rate: bool) -> float | None:
        """The figure: numerator over denominator for a rate; None where there is none."""
        if not rate or self.numerator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None
