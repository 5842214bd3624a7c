"""What a pack is made of: sections, each with sentences and results in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from dashboard.access import Disclosed, Why
from dashboard.reports.request import Request
from dashboard.reports.tasking.bar_rows import Bar


@dataclass(frozen=True)
class Block:
    """One result of a section, and how it is to be printed.

    name     stem of its files and sheets; unique in its pack
    drawn    the chart that shows it (dashboard.export.packs.charts); '' where only the table does
    unit     n, percent, gbp or hours, where all its figures are of one measure
    grain    of its periods, for a chart over time
    columns  of the printed table and the slides, in their order; all that say something where
             left out. Workbooks have every column.
    on_slide  of the slides, where they have room for fewer than `columns`
    printed  whether the document has the table too, not the chart alone
    most     rows that print has, the first of them; workbooks have all
    spark    the column of a row's past figures, which print draws as a line
    bars     of the rows in their order, which print draws; None or too few where a row has none
    half     whether two charts stand side by side
    wide     whether its chart is drawn for a slide
    quiet    whether its slides stand at the deck's end: nothing of it stands out
    decided  the decisions that its chart marks (reports.decisions.on_chart)
    picture  the chart as a page drew it, spec and data, where `drawn` names none
    office   the chart of Office's own that goes with it
    """

    name: str
    shown: Disclosed
    drawn: str = ""
    unit: str | None = None
    grain: str = "month"
    columns: tuple[str, ...] = ()
    on_slide: tuple[str, ...] = ()
    printed: bool = True
    most: int | None = None
    spark: str = ""
    bars: tuple[Bar | None, ...] = ()
    half: bool = False
    wide: bool = False
    quiet: bool = False
    decided: Disclosed | None = None
    picture: tuple[dict[str, Any], Any] | None = None
    office: Any = None


@dataclass(frozen=True)
class Asked:
    """What a pack is asked for."""

    request: Request
    unit: str = ""
    borough: str = ""


# A section's function gives its sentences and results as they follow each other.
Makes: TypeAlias = Callable[[Asked], Iterator[Block | str]]


@dataclass(frozen=True)
class Section:
    """A section as it was made: sentences and results in their order; `fault` where it could
    not be made."""

    heading: str
    blocks: tuple[Block | str, ...]
    fault: str = ""

    @property
    def parts(self) -> tuple[Block, ...]:
        """The results alone."""
        return tuple(block for block in self.blocks if isinstance(block, Block))

    @property
    def statement(self) -> str:
        """What it says first of all: the title of its first result in which something stands
        out, else of its first result, else its first sentence."""
        news_first = sorted(self.parts, key=lambda part: part.quiet)
        titles = (part.shown.title for part in news_first if part.shown.title != self.heading)
        said = (block for block in self.blocks if isinstance(block, str))
        return next(chain(titles, said), self.fault)


@dataclass(frozen=True)
class Pack:
    """A whole pack: `about` is a result too, with the contents as its rows and the pack's stamp.

    measures  what each measure that its rows name asks and counts
    lead      how many of its first sections stand on the first page, before the contents
    """

    name: str
    title: str
    about: Disclosed
    sections: tuple[Section, ...]
    measures: tuple[Why, ...] = ()
    lead: int = 0

    @property
    def parts(self) -> tuple[Block, ...]:
        """All results in their order."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def definitions(self) -> dict[str, Why]:
        """By its question, each once: those of the results, then those of measures in rows."""
        whys = [part.shown.why for part in self.parts]
        by_question: dict[str, Why] = {}
        for why in (*whys, *self.measures):
            if why is not None and (why.definition or why.basis):
                by_question.setdefault(why.question, why)
        return by_question

    @property
    def faults(self) -> tuple[str, ...]:
        """A sentence for each section that could not be made."""
        return tuple(
            f"{section.heading}: {section.fault}" for section in self.sections if section.fault
        )


def listed(part: Block | None, none: str) -> Iterator[Block | str]:
    """The part; where there is none, or no row in it, the sentence that says so."""
    if part is None or not part.shown.rows.num_rows:
        yield none
    else:
        yield part
