"""One import under way: its source as text in a scratch folder, and a bounded DuckDB over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.catalogue import Catalogue
from dashboard.errors import UsageError
from dashboard.ingest import days
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.parsing import quoted
from dashboard.ingest.reading import Source
from dashboard.ingest.sidecars import Covered, Scope
from dashboard.ingest.staging import Staged

# A million rows fit; more goes to the scratch folder on disk.
MEMORY = "512MB"


@dataclass(frozen=True)
class Outcome:
    """What an import found: the account, and the query of the rows to stage.

    columns  of records, those that the file has, be they filled or not
    """

    account: ImportAccount
    select: str
    vintages: tuple[date, ...]
    coverage: list[Covered]
    warnings: list[str]
    scope: list[Scope] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)


# Lines of the second table of a file are numbered from here on, of the third from twice that.
PART_LINES = 10**9


@dataclass(frozen=True)
class Part:
    """A table of the file as text: its sheet (blank where it has none), and where it lies."""

    sheet: str
    source: Source
    raw: Path
    rows: int


@dataclass
class Work:
    """An import under way.

    vintage   as told by --vintage; None where the file itself must say.
    standing  staged files of the kind, without an earlier import of this very file.
    dates     as told by --dates; else what the file's own dates settle.
    usual     the order of days of the last file of the same layout, where nothing else says it.
    parts     the tables of the file, copied as text.
    layouts   their headings, as a later file is known by.
    """

    file: str
    scratch: Path
    catalogue: Catalogue
    vintage: date | None
    standing: list[Staged]
    dates: str | None = None
    delta: bool = False
    usual: str | None = None
    layouts: list[list[str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    connection: duckdb.DuckDBPyConnection = field(init=False)

    def __post_init__(self) -> None:
        spill = self.scratch / "spill"
        spill.mkdir()
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": MEMORY,
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
                "threads": 2,
                "python_enable_replacements": False,
            },
        )

    @property
    def ragged(self) -> list[tuple[int, str]]:
        """Lines with another number of cells than the headings: (line, text)."""
        return [
            (number * PART_LINES + line, text)
            for number, part in enumerate(self.parts)
            for line, text in part.source.ragged
        ]

    def raw(self, number: int) -> str:
        """SQL of a part's line (see PART_LINES) and chosen columns as text."""
        path = quoted(str(self.parts[number].raw))
        return f"select * replace (line + {number * PART_LINES} as line) from read_parquet({path})"

    def read_as(self) -> list[str]:
        """How the text was read, where that is not plain UTF-8, in words."""
        return [part.source.read_as for part in self.parts if part.source.read_as]

    def other_days(self, select: str, firsts: bool = False) -> bool:
        """Table other_days (spelt, day, month, two_ways) of dates in other forms than ISO.

        select  SQL of the distinct texts (column spelt) that are not ISO and not null.
        firsts  they are first days of periods.
        return  whether there are any; `dates` is then settled where it can be.
        """
        spelt = [row[0] for row in self.all(f"select distinct spelt from ({select})")]
        if not spelt:
            return False
        self.dates = self.dates or days.order_of(spelt, firsts) or self.usual
        years = days.planning_years(spelt)
        months = [
            None if years and days.YEAR_PAIR.fullmatch(text) else days.a_month(text, self.dates)
            for text in spelt
        ]
        table = pa.table(
            {
                "spelt": pa.array(spelt, pa.string()),
                "day": pa.array([days.a_day(text, self.dates) for text in spelt], pa.date32()),
                "month": pa.array(months, pa.date32()),
                "two_ways": pa.array(
                    [self.dates is None and days.two_ways(text) for text in spelt], pa.bool_()
                ),
            }
        )
        self.connection.register("other_days_rows", table)
        self.execute("create temp table other_days as select * from other_days_rows")
        return True

    def unsettled_dates(self) -> UsageError:
        example = self.one("select min(spelt) from other_days where two_ways")
        return UsageError(
            f"{self.file} writes dates as {example!r}, which can be read two ways; say --dates dmy "
            "(day first) or --dates mdy (month first), or write them YYYY-MM-DD"
        )

    def execute(self, sql: str) -> None:
        self.connection.execute(sql)

    def all(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        row = self.connection.execute(sql).fetchone()
        return row[0] if row else None

    def pairs(self, table: str, codes: dict[str, str | None]) -> None:
        """A table of spelt and code."""
        columns = {
            "spelt": pa.array(list(codes), pa.string()),
            "code": pa.array(list(codes.values()), pa.string()),
        }
        self.connection.register(f"{table}_rows", pa.table(columns))
        self.execute(f"create temp table {table} as select * from {table}_rows")

    def staged_view(self, view: str, columns: list[str], vintages: tuple[date, ...]) -> bool:
        """View of the rows that staged files say of these vintages, with file_sequence.

        return  False where no file does; then there is no view.
        """
        files = [item for item in self.standing if set(item.vintages) & set(vintages)]
        if not files:
            return False
        names = ", ".join(columns)
        days = ", ".join(f"date '{vintage}'" for vintage in vintages)
        parts = " union all ".join(
            f"select {names}, vintage, {item.sequence}::bigint as file_sequence "
            f"from read_parquet({_literal(item.path)}) where vintage in ({days})"
            for item in files
        )
        self.execute(f"create temp view {view} as {parts}")
        return True

    def no_vintage(self) -> UsageError:
        return UsageError(
            f"{self.file} says no day on which it was known (no refresh date); "
            "say --vintage YYYY-MM-DD"
        )


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
