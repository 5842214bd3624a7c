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
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.staging import Staged

# A million rows fit; more goes to the scratch folder on disk.
MEMORY = "512MB"


@dataclass(frozen=True)
class Outcome:
    """What an import found: the account, and the query of the rows to stage."""

    account: ImportAccount
    select: str
    vintages: tuple[date, ...]
    coverage: list[dict[str, str]]
    warnings: list[str]


@dataclass
class Work:
    """An import under way.

    ragged    lines with another number of cells than the header: (line, text).
    vintage   as told by --vintage; None where the file itself must say.
    standing  staged files of the kind, without an earlier import of this very file.
    """

    file: str
    scratch: Path
    catalogue: Catalogue
    vintage: date | None
    standing: list[Staged]
    ragged: list[tuple[int, str]] = field(default_factory=list)
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
    def raw(self) -> Path:
        return self.scratch / "raw.parquet"

    def open_raw(self) -> None:
        """View raw: line and the chosen columns as text."""
        self.connection.read_parquet(str(self.raw)).create_view("raw")

    def execute(self, sql: str) -> None:
        self.connection.execute(sql)

    def all(self, sql: str) -> list[tuple]:
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
