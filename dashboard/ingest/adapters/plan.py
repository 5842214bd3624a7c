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
              of the rule that leaves the row out, or null), odd (what stands where only
              known words may, or null), clash (what two columns of one role say, where they
              disagree, or null) and apart (what tells it from other rows of its area,
              offence and period, or null).
    headings  our name → heading, to name a column in the rejects.
    months    the months that the header names: each offence covers them all.
    whole     each offence covers what the whole file does (a list of events: none is none).
    events    a row is an event: the same row twice is two of them, but for one reference.
    apart     there is something that tells rows of one area, offence and period apart.
    levels    its finer rows are meant: left out by a rule, or added up.
    counted   a column holds the counts; else a row is one.
    floored   any day of a month counts to the month.
    first_month  where the first month of the header is under this share of the second, it is
              cut off and left out.
    reasons   rule that leaves rows out → why.
    by        of an area that is looked up: our names of the columns to look up, in turn.
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
    counted: bool = True
    floored: bool = False
    first_month: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    apart: bool = False
    blanks: bool = True
    left_out: tuple[str, ...] = field(default=())

    @property
    def dated(self) -> bool:
        return "refreshed" in self.chosen


def text(plan_columns: dict[str, int], name: str) -> str:
    """A chosen column in SQL, or null where the file has none."""
    return name if name in plan_columns else "null::varchar"
