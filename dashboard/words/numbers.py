"""Figures and periods in words: one way of writing them for titles, rows and charts."""

from __future__ import annotations

from datetime import date
from math import isfinite

from dashboard.periods import MONTHS, Period, next_start

MISSING = "[x]"


def figure(value: float | None, unit: str) -> str:
    """A value of a measure's unit in words; a percent is held as a share of 1.

    >>> figure(0.24, "percent"), figure(1540.0, "n"), figure(None, "n"), figure(0.041, "percent")
    ('24 %', '1,540', '[x]', '4.1 %')
    >>> figure(-5.0, "gbp"), figure(-0.04, "n")
    ('−£5', '0.0')
    """
    if value is None or not isfinite(value):
        return MISSING
    if unit == "percent":
        share = 100 * value
        places = 1 if 0 < abs(share) < 10 else 0
        return f"{share:.{places}f} %"
    places = 1 if abs(value) < 10 and value != round(value) else 0
    said = f"{abs(value):,.{places}f}"
    sign = "−" if value < 0 and said.strip("0.,") else ""  # what rounds to 0 has no sign
    return sign + {"gbp": f"£{said}", "hours": f"{said} h"}.get(unit, said)


def rate(numerator: float | None, denominator: float | None, unit: str = "n") -> str:
    """Both parts of a rate: '91 of 412'; with `unit` gbp '£91 of £412'; '[x]' without parts."""
    if numerator is None or denominator is None:
        return MISSING
    return f"{figure(numerator, unit)} of {figure(denominator, unit)}"


def period(start: date, grain: str) -> str:
    """The period of `grain` that starts on a day, in words: 'June 2004'."""
    if grain == "quarter":
        last = next_start(start, grain)
        names = MONTHS[start.month - 1], MONTHS[(last.month - 2) % 12]
        return f"{names[0]} to {names[1]} {start.year}"
    return Period(start, next_start(start, grain)).words


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Words as a sentence lists them: 'a, b and c'."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def sentence(words: str) -> str:
    """Words with a capital first letter."""
    return words[:1].upper() + words[1:]
