"""What each recent week of the alert list's series should have brought, by Farrington Flexible.

Reckoned once, when a snapshot is published, so that no page waits for it. A series takes part
in a week with three years and more of unbroken weeks before it (five at most are used). A break
that names the measure, an offence of it, the area or the unit ends its past; one of all series
(a counting rule of the whole force) does not, and is named in `break_on`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from dashboard import queries
from dashboard.catalogue import Break_, Catalogue
from dashboard.queries import Query
from dashboard.stats import farrington

LATEST = 26  # weeks of each series that are reckoned: half a year
LEAST_YEARS, MOST_YEARS = 3, 5
AT_ONCE = 256  # weeks of series fitted together: an array of them stays in the cache
KEYS = ("measure", "level", "unit_code", "borough")

SCHEMA = {
    **dict.fromkeys(KEYS, pl.String),
    "week_start": pl.Date,
    "count": pl.Int64,
    **dict.fromkeys(("expected", "upper", "phi"), pl.Float64),
    "trend": pl.Boolean,
    "p": pl.Float64,
    "alarm": pl.Boolean,
    "years": pl.Int64,
    "break_on": pl.Date,
}


@dataclass(frozen=True)
class Weekly:
    """Series × weeks of counts: NaN where a week is not known, or lies before a break.

    first   Monday of the first column
    """

    keys: pl.DataFrame
    first: date
    counts: np.ndarray

    def week(self, column: int) -> date:
        return self.first + timedelta(weeks=column)


def query() -> Query:
    """Whole weeks of each series of the alert list: KEYS, week_start, n."""
    return queries.read(queries.FOLDER / "publish" / "weekly_series.sql")


def write(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, path: Path) -> None:
    """Writes the mart weekly_expectations; without rows where no series is long enough."""
    rows = connection.sql(query().sql).to_arrow_table()
    reckoned(weekly(rows, catalogue), catalogue).write_parquet(path)


def empty() -> pa.Table:
    """The mart of a snapshot that was published without one."""
    return pl.DataFrame(schema=SCHEMA).to_arrow()


def weekly(rows: pa.Table, catalogue: Catalogue) -> Weekly:
    """The rows of `query` as a matrix, cut at the breaks that name a series."""
    frame = pl.DataFrame(rows).with_columns(pl.col(name).cast(pl.String) for name in KEYS)
    if not frame.height:
        return Weekly(frame.select(KEYS), date.min, np.empty((0, 0)))
    first = frame.select(pl.col("week_start").min()).item()
    keys = frame.select(KEYS).unique().sort(KEYS, nulls_last=True)
    placed = frame.join(keys.with_row_index("row"), on=KEYS, nulls_equal=True).with_columns(
        ((pl.col("week_start") - first).dt.total_days() // 7).alias("column")
    )
    columns = placed["column"].to_numpy()
    counts = np.full((keys.height, columns.max() + 1), np.nan)
    counts[placed["row"].to_numpy(), columns] = placed["n"].to_numpy()
    series = Weekly(keys, first, counts)
    for row, (measure, _, unit, borough) in enumerate(keys.iter_rows()):
        for item in _breaks(catalogue, measure):
            names_it = bool(item.measure or item.area or item.unit)
            if names_it and item.area in ("", borough) and item.unit in ("", unit):
                # A week in which the break falls lies on both sides of it.
                counts[row, : max(0, -((first - item.on).days // 7))] = np.nan
    return series


def reckoned(series: Weekly, catalogue: Catalogue) -> pl.DataFrame:
    """One row a series that passes the gate and week, columns as in SCHEMA."""
    options = farrington.Options()
    years = (_unbroken(series.counts) - 1 - options.half_window) // farrington.YEAR
    cells = _recent(series.counts) & (years >= LEAST_YEARS)
    rows, columns = np.nonzero(cells)
    passed = farrington.gate(_windows(series, rows, columns, options.within - 1), options)
    rows, columns = rows[passed], columns[passed]
    most = np.minimum(years[rows, columns], MOST_YEARS)
    # A week looks back alike wherever it lies: all that have as many years are one fit.
    parts = [
        _with_years(series, catalogue, rows[part], columns[part], number)
        for number in range(LEAST_YEARS, MOST_YEARS + 1)
        if len(alike := np.flatnonzero(most == number))
        for part in np.array_split(alike, -(-len(alike) // AT_ONCE))
    ]
    table = pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
    return table.sort(*KEYS, "week_start", nulls_last=True)


def _with_years(
    series: Weekly, catalogue: Catalogue, rows: np.ndarray, columns: np.ndarray, years: int
) -> pl.DataFrame:
    """The expectations of cells (row, column) that have so many years before them."""
    options = replace(farrington.Options(), years=years)
    window = _windows(series, rows, columns, options.weeks)
    forecasts = farrington.expectations(window, options.weeks, options)
    keys, column = series.keys[rows[forecasts.row]], columns[forecasts.row]
    general = {at: _general(series, catalogue, at, options.weeks) for at in set(column.tolist())}
    return keys.with_columns(
        pl.Series("week_start", [series.week(at) for at in column.tolist()], pl.Date),
        pl.Series("count", window[forecasts.row, -1].astype(np.int64)),
        *(pl.Series(name, getattr(forecasts, name)) for name in ("expected", "upper", "phi")),
        *(pl.Series(name, getattr(forecasts, name)) for name in ("trend", "p", "alarm")),
        pl.lit(years, pl.Int64).alias("years"),
        pl.Series("break_on", [general[at] for at in column.tolist()], pl.Date),
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _windows(series: Weekly, rows: np.ndarray, columns: np.ndarray, before: int) -> np.ndarray:
    """The counts of each cell and of so many weeks before it."""
    return series.counts[rows[:, None], columns[:, None] + np.arange(-before, 1)]


def _unbroken(counts: np.ndarray) -> np.ndarray:
    """Of each cell how many known weeks end with it, without a gap."""
    place = np.arange(1, counts.shape[1] + 1)
    gaps = np.where(np.isnan(counts), place, 0)
    return place - np.maximum.accumulate(gaps, axis=1) if counts.size else np.zeros_like(gaps)


def _recent(counts: np.ndarray) -> np.ndarray:
    """Whether a cell is one of the latest known weeks of its series."""
    known = ~np.isnan(counts)
    later = known[:, ::-1].cumsum(axis=1)[:, ::-1]
    return known & (later <= LATEST)


def _breaks(catalogue: Catalogue, measure: str) -> Sequence[Break_]:
    about = queries.measures().get(measure)
    return catalogue.breaks_of(measure, about.published if about else ())


def _general(series: Weekly, catalogue: Catalogue, column: int, weeks: int) -> date | None:
    """Day of the latest break of all series in a column's week or those it looks back on."""
    since, until = series.week(column - weeks), series.week(column + 1)
    days = [item.on for item in catalogue.breaks if not (item.measure or item.area or item.unit)]
    return max((day for day in days if since < day < until), default=None)
