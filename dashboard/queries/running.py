"""Run the SQL of queries/**.sql: values are always bound, and every call gets a cursor of its own.

One connection shared by threads without one returns other threads' rows silently.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.errors import DashboardError, UsageError
from dashboard.queries.files import Query

# Its rows are copied once more, which it warns of; those of a page are few.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result makes an extra copy")


class NotHereError(DashboardError):
    """A query reads a table, or calls a macro, that the connection has not."""


class Connection:
    """A DuckDB connection over one snapshot; every `run` has a cursor of its own.

    make  makes what a statement names, before it is run
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, make: Callable[[str], None] | None = None
    ):
        self._connection = connection
        self._make = make
        self._lock = threading.Lock()

    def run(self, query: Query, values: dict[str, Any] | None = None) -> pa.Table:
        """Rows of `query` as Arrow, its parameters bound; those left out are null.

        raises  UsageError for a parameter that the query has not; NotHereError where it reads
                what is not here
        """
        values = values or {}
        surplus = sorted(set(values) - set(query.parameters))
        if surplus:
            raise UsageError(
                f"{query.name} takes {', '.join(query.parameters) or 'no parameters'}; "
                f"got: {', '.join(surplus)}"
            )
        bound = {name: values.get(name) for name in query.parameters}
        cursor = self._cursor(query)
        try:
            # As a relation it would be bound twice: a fifth of what a page waits for.
            return cursor.execute(query.sql, bound).to_arrow_table()
        except duckdb.ConversionException as error:
            takes = query.header.get("params", "no parameters")
            raise UsageError(f"{query.name} takes {takes}; one of them can't be read so") from error
        except duckdb.Error as error:
            kind = NotHereError if isinstance(error, duckdb.CatalogException) else DashboardError
            raise kind(f"{query.name} could not be run: {_first_line(error)}") from error
        finally:
            cursor.close()

    def _cursor(self, query: Query) -> duckdb.DuckDBPyConnection:
        with self._lock:
            try:
                if self._make:
                    self._make(query.sql)
            except duckdb.Error as error:
                raise DashboardError(
                    f"{query.name} could not be run: {_first_line(error)}"
                ) from error
            return self._connection.cursor()

    def table(self, name: str, columns: list[str]) -> pa.Table:
        """All rows of one view, of these columns."""
        with self._lock:
            if self._make:
                self._make(name)
            cursor = self._connection.cursor()
        try:
            listed = ", ".join(f'"{column}"' for column in columns)
            return cursor.sql(f'select {listed} from "{name}"').to_arrow_table()
        finally:
            cursor.close()

    def close(self) -> None:
        self._connection.close()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
