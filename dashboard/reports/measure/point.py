"""One whole covered period of a measure, and spans of periods in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.periods import MONTHS, next_start, period_start
from dashboard.words import numbers


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


def span_words(first: date, last: date, grain: str) -> str:
    """The periods from the one that starts on `first` to the one that starts on `last`.

    >>> span_words(date(2004, 4, 1), date(2004, 6, 1), "month")
    'April to June 2004'
    """
    if first == last:
        return numbers.period(first, grain)
    last_day = date.fromordinal(next_start(last, grain).toordinal() - 1)
    end = period_start(last_day, "month")
    year = "" if first.year == end.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year} to {MONTHS[end.month - 1]} {end.year}"
