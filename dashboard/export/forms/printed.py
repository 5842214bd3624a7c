"""A table on paper or on a slide: its cells in words, and how wide its columns are."""

from __future__ import annotations

from datetime import date

from dashboard.export.forms.kinds import Cell
from dashboard.periods import MONTHS
from dashboard.words import numbers

DIGITS = 4  # of a decimal that is neither a count nor a share
LONGEST = 88  # letters of a cell before it goes over lines
SPACE = 2  # letters between columns


def written(value: Cell, kind: str) -> str:
    """A cell as the screen writes it: '1,234', '24 %', '12 Jul 2032'."""
    if isinstance(value, str):
        return value.replace("\n", " ")
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
    if kind == "decimal":
        return numbers.number(value, 1) if abs(value) >= 1 else f"{value:.{DIGITS - 1}g}"
    return numbers.figure(value, kind)


def widths(heads: list[str], rows: list[list[str]], room: int) -> list[int]:
    """The columns' widths in letters: as wide as their longest cell where there is room, and
    never narrower than their longest word.

    Where there is not, what the longest words leave is shared by how much each column would take
    more (as browsers set a table, CSS 2.1 section 17.5.2.2): the longest sentences get most.

    room  letters across all of them
    """
    cells = list(zip(heads, *rows, strict=True))
    least = [max(len(word) for cell in column for word in cell.split() or [""]) for column in cells]
    wanted = [
        max(small, min(LONGEST, max(len(cell) for cell in column[1:] or ("",))))
        for small, column in zip(least, cells, strict=True)
    ]
    more = sum(wanted) - sum(least)
    left = max(room - SPACE * len(heads) - sum(least), 0)
    part = min(1.0, left / more) if more else 0.0
    return [
        small + int(part * (much - small)) + SPACE
        for small, much in zip(least, wanted, strict=True)
    ]
