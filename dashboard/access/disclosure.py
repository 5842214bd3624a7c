"""A result that may be shown: rows with the words, stamp and explanation that go with them.

Only dashboard.reports makes one, so that charts and exports can't be handed rows that
have not passed access and disclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.errors import NotAllowedError

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Stamp:
    """What every form of a result carries: what was known, where from, under which marking."""

    as_at: date
    snapshot_id: str
    sample: bool
    marking: str
    filters: tuple[tuple[str, str], ...]
    query_hash: str


@dataclass(frozen=True)
class Why:
    """The explanation beside a figure.

    query     name of the report query that was asked; '' where none was
    params    what was bound to it, as `dashboard query` takes it
    reckoned  how the figures came out of what was read, in sentences
    """

    question: str
    definition: str
    owner: str
    basis: str
    sql: str
    params: dict[str, Any]
    rows_read: int
    sources: tuple[str, ...]
    breaks: tuple[str, ...]
    reckoned: tuple[str, ...] = ()
    query: str = ""


class Note(str):
    """A note that says of what kind it is, so that nobody need read it to know.

    kind  one of the constants below; '' for a note that nobody asks for by its kind
    """

    kind: str

    def __new__(cls, words: str, kind: str = "") -> Note:
        note = super().__new__(cls, words)
        note.kind = kind
        return note


BREAK = "break"  # the series changes its meaning on a day
ASKED = "asked"  # the analyst's own statement
EXPLAINED = "explained"  # what a unit says of a figure: pages say it in its own place
METHOD = "method"  # a statistic by its name: stands under Why and in files, not on the page
BESIDE = "beside"  # what a page with room for one note says beside the picture


@dataclass(frozen=True)
class People:
    """What of a result counts people by a protected group, as its report declares it.

    columns  hold the counts
    nobody   values of a column `group` whose rows tell no group of people
    unit     whose counts they are where small ones stand among them; None where those are hidden
    """

    columns: tuple[str, ...]
    nobody: frozenset[str] = frozenset()
    unit: str | None = None


@dataclass(frozen=True)
class All:
    """What a result is a page of: how many rows there are, and how they are asked for."""

    total: int
    ask: Callable[[], Disclosed]


@dataclass(frozen=True)
class Across:
    """How people read rows as a cross table: a line a value of `down`, a column a value of `over`,
    in each cell `value`. Of a pair there is one row at most."""

    down: str
    over: str
    value: str


@dataclass(frozen=True)
class Names:
    """What the codes of a column are called.

    beside  whether files have the code too, beside its name: rows are joined by it
    spoken  whether people say the code itself, as of units: with little room, it is enough
    """

    called: Mapping[str, str]
    beside: bool = False
    spoken: bool = False


@dataclass(frozen=True)
class Disclosed:
    """Rows with a title that is true of them, a subtitle, notes, a stamp and a why.

    staying  why it may be looked at and leaves in no form; '' where it may leave
    page_of  all rows, where these are a page of them: what leaves is the whole
    names    by column, what the codes in it are called
    columns  those that there is room for on a slide or a page, in their order; chosen by what they
             hold where left out. Spreadsheets have every column.
    across   how they are a cross table, as the screen has them; rows for a program stay as they are
    """

    rows: pa.Table
    title: str
    subtitle: str
    notes: tuple[str, ...]
    stamp: Stamp
    why: Why | None = None
    staying: str = ""
    page_of: All | None = None
    names: Mapping[str, Names] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    across: Across | None = None

    @property
    def whole(self) -> Disclosed:
        """The result with all its rows: itself, but for a page of them."""
        return self.page_of.ask() if self.page_of else self

    @property
    def total(self) -> int:
        """How many rows the whole has."""
        return self.page_of.total if self.page_of else self.rows.num_rows

    def noted(self, kind: str) -> tuple[str, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if isinstance(note, Note) and note.kind == kind)

    def noted_but(self, kind: str) -> tuple[str, ...]:
        """All notes but those of one kind."""
        return tuple(note for note in self.notes if note not in self.noted(kind))

    @property
    def plain_notes(self) -> tuple[str, ...]:
        """The notes of a page and of a pack: no statistics' names."""
        return self.noted_but(METHOD)


def leaving(results: Iterable[Disclosed]) -> None:
    """Holds back what stays on the screen.

    raises  NotAllowedError with the reason of the first result that may not leave
    """
    for item in results:
        if item.staying:
            raise NotAllowedError(item.staying)
