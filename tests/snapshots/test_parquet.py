"""Rows that are sorted on their way to a file: as DuckDB sorts the texts, whatever they are."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.snapshots import parquet

COLUMNS = ("offence", "branch")
# In the order of their texts: capitals before small letters and é after both, a digit by itself and
# not as part of a number; what is blank before all, what is not told after all.
ROWS = [
    ("Robbery", "B10", 1),
    ("robbery", "", 2),
    ("robbery", "B10", 3),
    ("robbery", "B9", 4),
    ("robbery", None, 5),
    ("robbéry", "A", 6),
    (None, "robbery", 7),
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[::-1], []], ids=["told", "turned", "none"])
def test_rows_stand_as_their_texts_sort(rows: list[tuple], tmp_path: Path):
    with duckdb.connect() as connection:
        connection.execute("create table told (offence varchar, branch varchar, n integer)")
        if rows:
            connection.executemany("insert into told values (?, ?, ?)", rows)
        words = parquet.words(connection, "told", COLUMNS)
        assert words == {text for row in rows for text in row[:2] if text is not None}
        path, order = tmp_path / "told.parquet", "offence, branch, n"
        parquet.write_sorted(connection, "select * from told", path, order, COLUMNS, words)
        written = connection.read_parquet(str(path))
        assert written.types == ["VARCHAR", "VARCHAR", "INTEGER"]
        assert written.fetchall() == sorted(rows, key=lambda row: row[2])
