"""What a published format is: which column plays which role, what is left out and why.

A format is a file formats/NAME.toml of a catalogue (data/catalogue/README.md says how one is
written); format_files.py reads it, and the room ingest reads files by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Roles that mean something to every format; any other name is for its own rules.
PERIOD, YEAR, MONTH, AREA, OFFENCE, COUNT = (
    "period", "year", "month", "area", "offence", "count",
)  # fmt: skip
# Known in every format, and never needed: its names are the program's (ingest/columns.py).
REFRESHED = "refreshed"
SHAPES = ("long", "wide")
# mixed: its rows say of which level they are, and those of a finer one are left out.
LEVELS = ("borough", "mixed", "neighbourhood", "ward", "lsoa", "place", "force")
# The finer, the later: where a coarser publisher speaks, a finer one does not.
FINER = ("neighbourhood", "ward", "lsoa", "place")
GRAINS = ("day", "month", "month_of_day")
ROWS = ("counts", "records")
VALUES = ("offences", "outcomes")


@dataclass(frozen=True)
class Condition:
    """What the cell of a column must be: one of `words`, none of them, blank or filled.

    words  in small letters
    test   is, is_not, blank, filled
    """

    column: str
    test: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeaveOut:
    """Rows that don't count: those for which all of `when` holds; `rule` names it in accounts."""

    rule: str
    why: str
    when: tuple[Condition, ...]


@dataclass(frozen=True)
class Words:
    """The words, in small letters, that may stand in a column; another is rejected.

    means  word → offences or outcomes, where the column says which of the two a row counts
    """

    column: str
    words: tuple[str, ...]
    means: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Reading:
    """One way in which files of a format are laid out; most have one.

    value    what its rows count, where no column says it
    columns  role → names that downloads have used, the first found counts
    """

    value: str
    columns: dict[str, tuple[str, ...]] = field(hash=False)
    words: Words | None = None
    leave_out: tuple[LeaveOut, ...] = ()


@dataclass(frozen=True)
class Lookup:
    """How finer areas become areas of the catalogue: by a table of the two, in `file` of the
    catalogue or as `import --areas` gives it; the roles in `by` are looked up in turn."""

    file: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class FirstMonth:
    """A download's first month is cut off: left out where it is under the share `below` of the
    second."""

    below: float
    why: str


@dataclass(frozen=True)
class Format:
    """A published format.

    offence     the offence code of every row, where no column names one
    words_of    the format whose spellings of offences it shares; its own where blank
    optional    roles that a file may lack
    stacked     roles whose names may stand side by side in one file, one of them filled a row
    apart       roles that tell two rows of one area, offence and period apart
    spellings   role → cell as published → as it is meant
    digest      sha256 of the file
    """

    name: str
    title: str
    source: str
    shape: str
    level: str
    grain: str
    rows: str
    readings: tuple[Reading, ...]
    offence: str = ""
    words_of: str = ""
    optional: tuple[str, ...] = ()
    stacked: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    spellings: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)
    lookup: Lookup | None = None
    first_month: FirstMonth | None = None
    digest: str = ""

    @property
    def fineness(self) -> int:
        """How much finer than the catalogue's its areas are, which are added up; 0: not at all."""
        return FINER.index(self.level) + 1 if self.level in FINER else 0

    @property
    def reasons(self) -> dict[str, str]:
        """Rule that leaves rows out → why."""
        by_rule = {item.rule: item.why for reading in self.readings for item in reading.leave_out}
        first = self.first_month
        return by_rule | ({FIRST_MONTH: first.why} if first else {})


FIRST_MONTH = "partial_first_month"
