"""How one cell of the catalogue is read: text in, a value out, or ValueError with the rule.

The rule completes the sentence "<column> ...", such as "is a date written YYYY-MM-DD".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

Convert = Callable[[str], Any]


def text(cell: str) -> str:
    return cell


def needed(cell: str) -> str:
    if not cell:
        raise ValueError("is needed")
    return cell


def code(cell: str) -> str:
    if not cell or any(c.isspace() for c in cell):
        raise ValueError("is a code without spaces")
    return cell


def codes(cell: str) -> tuple[str, ...]:
    named = tuple(cell.replace(";", " ").split())
    if not named:
        raise ValueError("names at least one code")
    return named


def day(cell: str) -> date:
    try:
        # date.fromisoformat also takes 20320712 and 2032-W29-1, which sort wrongly as text.
        if len(cell) == 10 and cell[4] == cell[7] == "-":
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise ValueError("is a date written YYYY-MM-DD")


def number(cell: str) -> float:
    try:
        figure = float(cell)
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure):
        raise ValueError("is a number")
    return figure


def whole(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise ValueError("is a whole number, not negative")
    return int(cell)


def restricted(cell: str) -> str:
    """The older column of `records`: it did not tell own from never, so that yes is never."""
    if cell.lower() not in ("yes", "no", ""):
        raise ValueError("is yes, no or blank")
    return "never" if cell.lower() == "yes" else "open"


def one_of(*allowed: str) -> Convert:
    named = ", ".join(item or "blank" for item in allowed)

    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"is one of {named}")
        return cell

    return read


def between(read: Convert, low: float, high: float) -> Convert:
    def check(cell: str) -> Any:
        figure = read(cell)
        if not low <= figure <= high:
            raise ValueError(f"is from {low:g} to {high:g}")
        return figure

    return check


def optional(read: Convert) -> Convert:
    return lambda cell: read(cell) if cell else None
