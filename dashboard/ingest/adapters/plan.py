"""What an adapter says about a file: which columns it needs, and how they become cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Plan:
    """How a file of published counts is read.

    chosen    our name → place in the header.
    cells     SQL over view raw (line and the chosen columns as text) that returns line,
              publisher, period, grain, borough, offence, major (the category above it, or
              null), value (offences or outcomes), n,
              heading (the column that n stands in), refreshed (or null), excluded (the name
              of the rule that leaves the row out, or null) and odd (what stands where only
              known words may, or null).
    headings  our name → heading, to name a column in the rejects.
    months    the months that the header names: each offence covers them all.
    whole     each offence covers what the whole file does (a list of events: none is none).
    events    a row is an event: the same row twice is two of them.
    levels    its rows say of which level of area they are, and the finer ones are left out.
    blanks    the area may be blank.
    dated     the file has a refresh date of its own.
    left_out  headings that nothing was read from and that may matter.
    """

    chosen: dict[str, int]
    cells: str
    headings: dict[str, str]
    months: tuple[date, ...] = ()
    whole: bool = False
    events: bool = False
    levels: bool = False
    blanks: bool = True
    left_out: tuple[str, ...] = field(default=())

    @property
    def dated(self) -> bool:
        return "refreshed" in self.chosen


def text(plan_columns: dict[str, int], name: str) -> str:
    """A chosen column in SQL, or null where the file has none."""
    return name if name in plan_columns else "null::varchar"
