"""Numbers, dates and statuses in words: the same everywhere on the screen. Pure."""

from __future__ import annotations

from datetime import date
from math import isfinite

from dashboard.periods import MONTHS
from dashboard.ui.kit.markup import MISSING, Html, tag

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NONE = "–"

# Meaning (dashboard.stats.spc) → shape, words, tone. Shape and words carry it; colour repeats it.
VARIATION = {
    "improvement_high": ("▲", "better than usual", "good"),
    "improvement_low": ("▼", "better than usual", "good"),
    "concern_high": ("▲", "worse than usual", "bad"),
    "concern_low": ("▼", "worse than usual", "bad"),
    "neutral_high": ("▲", "higher than usual", "plain"),
    "neutral_low": ("▼", "lower than usual", "plain"),
    "common": ("●", "usual range", "quiet"),
    "": (NONE, "not judged", "quiet"),
}
ASSURANCE = {
    "consistent_pass": ("✓", "will normally meet", "good"),
    "consistent_fail": ("✗", "will not without change", "bad"),
    "inconsistent": ("≈", "may or may not", "quiet"),
    "": (NONE, "no target", "quiet"),
}


def status(variation: str | None, assurance: str | None = None, *, both: bool = True) -> Html:
    """The two icons with their words, one below the other.

    variation  a key of VARIATION, as dashboard.stats.spc names it; None: not judged
    assurance  a key of ASSURANCE; None: no target
    both       False gives the variation alone
    """
    first = _icon(VARIATION, variation)
    return Html(f"{first}<br>{_icon(ASSURANCE, assurance)}") if both else first


def assurance(meaning: str | None) -> Html:
    """The assurance icon with its words."""
    return _icon(ASSURANCE, meaning)


def _icon(table: dict[str, tuple[str, str, str]], meaning: str | None) -> Html:
    shape, words, tone = table.get(meaning or "", table[""])
    return tag("span", tag("span", shape, aria_hidden="true"), f" {words}", class_=f"st {tone}")


def number(value: float | None, places: int = 0) -> str:
    """'1,234', '5.2'; '[x]' where there is none."""
    if value is None or not isfinite(value):
        return MISSING
    return f"{value:,.{places}f}"


def signed(value: float | None) -> str:
    """'+9', '−4'; a true minus sign."""
    said = number(abs(value) if value is not None else None)
    return said if value is None else f"{'−' if value < 0 else '+'}{said}"


def span(low: float | None, high: float | None, places: int = 0) -> str:
    """'1–10'; '' where there is no band."""
    if low is None or high is None:
        return ""
    return f"{number(low, places)}–{number(high, places)}"


def day(value: date | None, *, year: bool = True, weekday: bool = True) -> str:
    """'Mon 12 Jul 2004'; '[x]' where there is none."""
    if value is None:
        return MISSING
    said = f"{value.day} {MONTHS[value.month - 1][:3]}"
    said = f"{WEEKDAYS[value.weekday()]} {said}" if weekday else said
    return f"{said} {value.year}" if year else said


def places(names: list[str], most: int = 3) -> str:
    """'Camden', 'Camden and Islington', 'Camden, Brent and 4 others'."""
    if len(names) <= most:
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} others"
