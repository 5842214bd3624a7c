"""A table on paper or on a slide: its cells in words, and how wide its columns are."""

from __future__ import annotations

from datetime import date
from statistics import fmean

from dashboard.export.forms.kinds import Cell
from dashboard.periods import MONTHS
from dashboard.words import numbers

DIGITS = 4  # of a decimal that is neither a count nor a share
LONGEST = 88  # letters of a cell before it goes over lines
SPACE = 2  # letters between columns
FEW = 3  # a usual cell counts as no shorter than so many times less than the longest


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

    Where there is not, what the longest words leave is shared by how much more a usual cell of
    each column would take, and no less than a part of its longest (as browsers set a table by its
    longest cells, CSS 2.1 section 17.5.2.2): one long sentence among short ones does not put the
    dates beside it over four lines, nor stands over ten itself.

    room  letters across all of them
    """
    cells = list(zip(heads, *rows, strict=True))
    least = [max(len(word) for cell in column for word in cell.split() or [""]) for column in cells]
    lengths = [[min(LONGEST, len(cell)) for cell in column[1:]] or [0] for column in cells]
    most = [max(small, *many) for small, many in zip(least, lengths, strict=True)]
    left = room - SPACE * len(heads) - sum(least)
    if sum(most) - sum(least) <= left:
        return [much + SPACE for much in most]
    usual = [
        max(0.0, max(fmean(many), max(many) / FEW) - small)
        for small, many in zip(least, lengths, strict=True)
    ]
    part = max(left, 0) / sum(usual) if any(usual) else 0.0
    return [
        min(much, small + int(part * more)) + SPACE
        for small, much, more in zip(least, most, usual, strict=True)
    ]
