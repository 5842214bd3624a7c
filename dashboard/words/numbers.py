"""How a figure is written: counts, money, hours, shares and chances, each in one way. Pure."""

from __future__ import annotations

from math import isfinite

from dashboard.catalogue import ours

MISSING = "[x]"
UNSIGNED = "[unsigned]"
FEW = 10  # cases under which a share is said by its parts, never in per cent
UNIT_WORDS = {"n": "number", "percent": "per cent"}
SIGNS = {"hours": " h"}
ROOM = 1.05  # of the largest value: how far the track of its bar goes
MONEY = {"£": "Pounds", "€": "Euros", "$": "Dollars"}


def money_word() -> str:
    """What amounts are counted in, as a heading."""
    return MONEY.get(ours().currency, ours().currency)


def unit_word(unit: str) -> str:
    """What figures of a measure's unit are in: 'number', 'per cent', 'Pounds', 'hours'."""
    return money_word() if unit == "gbp" else UNIT_WORDS.get(unit, unit)


def number(value: float | None, places: int = 0) -> str:
    """A number with thousands apart and a true minus sign; '[x]' where there is none.

    >>> number(1234.0), number(5.25, 1), number(-4.0), number(-0.04, 1), number(None)
    ('1,234', '5.2', '−4', '0.0', '[x]')
    """
    if value is None or not isfinite(value):
        return MISSING
    said = f"{abs(value):,.{places}f}"
    # What rounds to 0 has no sign.
    return f"−{said}" if value < 0 and said.strip("0.,") else said


def signed(value: float | None, unit: str = "n") -> str:
    """A difference with its sign; nothing has none.

    >>> signed(9), signed(-4), signed(0), signed(1234, "gbp"), signed(None)
    ('+9', '−4', '0', '+£1,234', '[x]')
    """
    said = figure(value, unit) if unit != "n" else number(value)
    return f"+{said}" if value is not None and said != MISSING and value > 0 else said


def figure(value: float | None, unit: str, beside: float | None = None) -> str:
    """A value of a measure's unit in words; a percent is held as a share of 1.

    beside  the target that it stands by: a share that only rounding would make equal to it has
            a decimal more, or it would contradict what is said of the target

    >>> figure(0.24, "percent"), figure(1540.0, "n"), figure(None, "n"), figure(0.041, "percent")
    ('24 %', '1,540', '[x]', '4.1 %')
    >>> figure(-5.0, "gbp"), figure(-0.04, "n"), figure(3.5, "hours")
    ('−£5', '0.0', '3.5 h')
    >>> figure(0.1166, "percent", 0.12), figure(0.12, "percent", 0.12)
    ('11.7 %', '12 %')
    """
    if value is None or not isfinite(value):
        return MISSING
    if unit == "percent":
        share_of_100 = 100 * value
        places = 1 if 0 < abs(share_of_100) < 10 else 0
        if beside is not None and abs(value - beside) > 1e-9:
            places = max(places, int(round(share_of_100) == round(100 * beside)))
        return f"{share_of_100:.{places}f} %"
    said = number(value, 1 if abs(value) < 10 and value != round(value) else 0)
    if unit == "gbp":
        sign = ours().currency
        return f"−{sign}{said[1:]}" if said.startswith("−") else f"{sign}{said}"
    return said + SIGNS.get(unit, "")


def rate(numerator: float | None, denominator: float | None, unit: str = "n") -> str:
    """Both parts of a rate: '91 of 412'; with `unit` gbp '£91 of £412'; '[x]' without parts."""
    if numerator is None or denominator is None:
        return MISSING
    return f"{figure(numerator, unit)} of {figure(denominator, unit)}"


def tight(numerator: float | None, denominator: float | None) -> str:
    """Both parts where there is no room for words, in a tile or a matrix: '91/412'."""
    if numerator is None or denominator is None:
        return MISSING
    return f"{number(numerator)}/{number(denominator)}"


def figure_alone(
    value: float | None,
    unit: str,
    parts: tuple[float | None, float | None],
    of: str = "n",
    beside: float | None = None,
) -> str:
    """A figure alone: '18 %', '1,540'; a share of fewer than ten cases by its parts: '3 of 2'."""
    return rate(*parts) if is_of_few(unit, parts, of) else figure(value, unit, beside)


def figure_with_parts(
    value: float | None,
    unit: str,
    parts: tuple[float | None, float | None],
    of: str = "n",
    beside: float | None = None,
) -> str:
    """A figure with its parts, where it has two; `of`: what these are counted in.

    >>> said = figure_with_parts
    >>> said(0.18, "percent", (11, 61)), said(1.5, "percent", (3, 2)), said(7, "n", (7, None))
    ('18 % (11 of 61)', '3 of 2', '7')
    >>> said(0.5, "percent", (2.0, 4.0), of="gbp"), said(None, "percent", (0.0, 0.0))
    ('50 % (£2 of £4)', '0 of 0')
    """
    said = figure_alone(value, unit, parts, of, beside)
    if value is None or None in parts or is_of_few(unit, parts, of):
        return said
    return f"{said} ({rate(*parts, of)})"


def parted(part: float, whole: float) -> tuple[str, str]:
    """A share, and its parts to stand beside it; of few cases its parts alone.

    >>> parted(11, 61), parted(3, 5)
    (('18 %', '11 of 61'), ('3 of 5', ''))
    """
    parts = rate(part, whole)
    share = figure(part / whole, "percent")
    return (parts, "") if is_of_few("percent", (part, whole)) else (share, parts)


def is_of_few(unit: str, parts: tuple[float | None, float | None], of: str = "n") -> bool:
    """Whether a share is one of too few cases for a percentage to say anything; money never is."""
    cases = parts[1]
    return unit == "percent" and of == "n" and cases is not None and 0 <= cases < FEW


def span(low: float | None, high: float | None, places: int = 0) -> str:
    """A band: '1–10'; '' where there is none."""
    if low is None or high is None:
        return ""
    return f"{number(low, places)}–{number(high, places)}"


def share(value: float | None, places: int = 0) -> str:
    """A share of 1 in per cent, always to the same places: '88 %'; '[x]' where there is none."""
    return MISSING if value is None else f"{100 * value:.{places}f} %"


def share_of(part: float, whole: float) -> str:
    """A share to a tenth; one that is not quite nothing or all is never written as 0 or 100.

    >>> share_of(978, 1000), share_of(1, 10_000), share_of(99_999, 100_000)
    ('97.8 %', 'under 0.1 %', '99.9 %')
    """
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "under 0.1 %"
    return f"{99.9 if 99.9 < percent < 100 else percent:.1f} %"


def chance(value: float) -> str:
    """A chance in per cent that is never written as certain or impossible.

    >>> chance(0.54), chance(0.001), chance(0.9999), chance(0.0), chance(1.0)
    ('54 %', 'under 1 %', 'over 99 %', '0 %', '100 %')
    """
    if 0 < value < 0.005:
        return "under 1 %"
    if 0.995 < value < 1:
        return "over 99 %"
    return f"{100 * value:.0f} %"


def odds(value: float) -> str:
    """A chance as so many in a hundred, for a wall; never written as certain or impossible.

    >>> odds(0.54), odds(0.001), odds(0.9999), odds(0.0), odds(1.0)
    ('54 in 100', 'under 1 in 100', 'over 99 in 100', '0 in 100', '100 in 100')
    """
    return chance(value).replace(" %", " in 100")


def pounds(value: float | None, sign: bool = False) -> str:
    """Whole pounds, with `sign` as a difference; '[x]' where there are none.

    >>> pounds(-1234), pounds(1234, sign=True), pounds(0, sign=True), pounds(None)
    ('−£1,234', '+£1,234', '£0', '[x]')
    """
    whole = None if value is None else round(value)
    return signed(whole, "gbp") if sign else figure(whole, "gbp")


def money(pence: int | None, sign: bool = False) -> str:
    """Pence as whole pounds."""
    return pounds(None if pence is None else pence / 100, sign)


def about_pounds(pence: int) -> str:
    """Pence to the nearest thousand pounds, as a forecast is said: 'about £571,000'."""
    return f"about {ours().currency}{round(abs(pence) / 100_000) * 1000:,}"


def track(*values: float | None) -> float:
    """How far the track of a bar goes that shows these values: a little beyond the largest.

    >>> track(None, 20.0, 100.0)
    105.0
    >>> track(None)
    1.0
    """
    return ROOM * max((value for value in values if value is not None), default=0.0) or 1.0
