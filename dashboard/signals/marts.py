"""The signals of one as-at as the small tables in which a snapshot keeps them.

What is written here is read back by the same names: a meeting looks as it did when it was
published, whatever the program has learned since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date

import numpy as np
import pyarrow as pa

from dashboard.periods import Period, last_whole_fortnight
from dashboard.signals import years
from dashboard.signals.alerts import AlertTable, alert_table
from dashboard.signals.clusters import ClusterRow
from dashboard.signals.daily import WEEKDAYS_FROM, problems
from dashboard.signals.panels import Panel, panel
from dashboard.signals.past import Forecast, forecasts, next_forecast
from dashboard.signals.windows import Ground, Series, Windows, longest_history, windows

KEYS = [(name, pa.string()) for name in ("measure", "family", "unit_code", "borough")]
FIGURES = {
    **dict.fromkeys(
        (
            *("expected", "variance", "excess", "p", "fall_p", "q", "phi", "common"),
            "by_chance",
        ),
        pa.float64(),
    ),
    **dict.fromkeys(("low", "high"), pa.int64()),
    **dict.fromkeys(("tested", "fall"), pa.bool_()),
    "tier": pa.string(),
}
SERIES = pa.schema(
    [
        ("place", pa.int64()),
        *KEYS,
        ("window_since", pa.date32()),
        ("window_until", pa.date32()),
        ("windows_behind", pa.int64()),
        ("now", pa.float64()),
        *((field.name, FIGURES[field.name]) for field in fields(AlertTable)),
        ("history", pa.list_(pa.float64())),
    ]
)
CLUSTERS = pa.schema(
    [
        ("place", pa.int64()),
        ("measure", pa.string()),
        ("boroughs", pa.list_(pa.string())),
        *((name, pa.int64()) for name in ("first", "until", "now")),
        ("expected", pa.float64()),
        *((name, pa.int64()) for name in ("low", "high")),
        *((name, pa.float64()) for name in ("p", "q")),
        ("members", pa.list_(pa.int64())),
    ]
)
PAST = pa.schema(
    [
        ("period_start", pa.date32()),
        *KEYS,
        *((name, pa.float64()) for name in ("n", "expected", "variance")),
        ("tested", pa.bool_()),
        ("tier", pa.string()),
    ]
)
SCHEMAS = {
    "alert_series": SERIES,
    "alert_clusters": CLUSTERS,
    "alert_windows": PAST,
    "next_windows": PAST,
    "year_forecasts": years.FORECASTS,
    "years_begun": years.BEGUN,
}


def signals(ground: Ground, seed: int, rows: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of SCHEMAS of a snapshot.

    seed  of the simulations
    rows  meeting_series, backtest_fortnights and daily_events, as their queries give them
    """
    read = windows(rows["meeting_series"], ground)
    table = alert_table(read.now, read.table)
    clusters = problems(rows["daily_events"].to_pylist(), ground.catalogue, read, table, seed)
    return {
        "alert_series": _series(read, table),
        "alert_clusters": pa.Table.from_pylist(
            [{"place": at, **vars(row)} for at, row in enumerate(clusters)], CLUSTERS
        ),
        "alert_windows": _past(_whole(panel(rows["backtest_fortnights"], ground.known), ground)),
        "next_windows": _past(next_forecast(panel(rows["meeting_series"], ground.known), ground)),
    }


def span_of_events(as_at: date) -> tuple[date, date]:
    """First and last day (exclusive) of the events that `signals` asks for."""
    return last_whole_fortnight(as_at).since - WEEKDAYS_FROM, as_at


def _whole(whole: Panel, ground: Ground) -> list[Forecast]:
    """All windows; the first, which nothing can be expected of, with its counts alone."""
    if not whole.starts:
        return []
    here = ~np.isnan(whole.counts[:, 0])
    series = tuple(item for item, keep in zip(whole.series, here, strict=True) if keep)
    none = np.zeros(len(series))
    untested = none.astype(bool), np.full(len(series), "")
    first = Forecast(whole.starts[0], series, whole.counts[here, 0], none, none, *untested)
    return [first, *forecasts(whole, ground)]


def _named(series: Sequence[Series]) -> dict[str, list[str | None]]:
    return {name: [getattr(item, name) for item in series] for name, _ in KEYS}


def _series(read: Windows, table: AlertTable) -> pa.Table:
    window = [read.window[item.measure] for item in read.series]
    return pa.table(
        {
            "place": range(len(read.series)),
            **_named(read.series),
            "window_since": [item.since for item in window],
            "window_until": [item.until for item in window],
            "windows_behind": [read.behind[item.measure] for item in read.series],
            "now": read.now,
            **{field.name: getattr(table, field.name) for field in fields(AlertTable)},
            "history": list(read.history),
        },
        SERIES,
    )


def _past(windows_: Sequence[Forecast]) -> pa.Table:
    """One row a window and series; what is expected of those that are not tested is null."""
    series = [item for one in windows_ for item in one.series]
    joined = {
        name: np.concatenate([np.empty(0), *(getattr(one, name) for one in windows_)])
        for name in ("now", "mean", "variance", "tested")
    }
    tested = joined["tested"].astype(bool)
    return pa.table(
        {
            "period_start": [one.start for one in windows_ for _ in one.series],
            **_named(series),
            "n": pa.array(joined["now"], mask=np.isnan(joined["now"])),
            "expected": pa.array(joined["mean"], mask=~tested),
            "variance": pa.array(joined["variance"], mask=~tested),
            "tested": tested,
            "tier": [str(tier) for one in windows_ for tier in one.tier],
        },
        PAST,
    )


def read_series(
    rows: pa.Table, window: dict[str, Period], behind: dict[str, int]
) -> tuple[Windows, AlertTable]:
    """What `alert_series` holds, in its order.

    window, behind  of the measures, as signals.windows gives them
    """
    names = (rows[name].to_pylist() for name, _ in KEYS)
    series = [Series(*key) for key in zip(*names, strict=True)]
    history = rows["history"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    past = history.reshape(len(series), -1) if series else np.empty((0, longest_history()))
    figures = {field.name: _array(rows, field.name) for field in fields(AlertTable)}
    read = Windows(series, _array(rows, "now"), past, window, behind)
    return read, AlertTable(**figures)


def read_clusters(rows: pa.Table) -> list[ClusterRow]:
    """What `alert_clusters` holds, in its order, as the first row of `rows` carries it."""
    held = rows["clusters"].to_pylist()[:1]
    clusters = [dict(row) for row in (held[0] if held else None) or ()]
    for row in clusters:
        del row["place"]
        row |= {name: tuple(row[name]) for name in ("boroughs", "members")}
    return [ClusterRow(**row) for row in clusters]


def _array(rows: pa.Table, name: str) -> np.ndarray:
    if SERIES.field(name).type == pa.string():
        return np.array(rows[name].to_pylist(), dtype=str)
    return rows[name].to_numpy()
