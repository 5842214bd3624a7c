"""Views, tables and macros of a connection that are made once a question names them.

A snapshot has some forty tables, and DuckDB opens a view's file as it makes the view; a page asks
few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import duckdb

WORD = re.compile(r"\w+")
# The statement that makes it; '' where the call has made it.
Maker = Callable[[], str]


class Lazily:
    """What there may be in a connection, by name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, makers: Mapping[str, Maker]):
        self.connection = connection
        self._left = dict(makers)

    def make(self, sql: str) -> None:
        """Makes all that a statement names and that is not there yet, with what that names.

        A word that only looks like a name makes one view too many, which does no harm.
        raises  duckdb.Error where one can't be made; it is tried again when named again
        """
        for name in sorted(self._left.keys() & set(WORD.findall(sql))):
            self._one(name)

    def make_all(self) -> duckdb.DuckDBPyConnection:
        """The connection, with all that there may be in it."""
        for name in list(self._left):
            self._one(name)
        return self.connection

    def _one(self, name: str) -> None:
        maker = self._left.pop(name, None)
        if maker is None:  # another that was named needed it
            return
        try:
            if statement := maker():
                self.make(statement)
                self.connection.execute(statement)
        except duckdb.Error:
            self._left[name] = maker
            raise
