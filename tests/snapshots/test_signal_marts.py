"""Signals are published with the snapshot; one that lacks them is completed beside it."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from dashboard import queries, reports, snapshots
from dashboard.errors import ContentError
from dashboard.periods import last_whole_fortnight
from dashboard.reports.alerts import rows_of_list
from dashboard.signals import marts
from dashboard.signals.alerts import alert_table
from dashboard.signals.panels import panel
from dashboard.signals.past import forecasts
from dashboard.signals.windows import Ground, days_known, windows
from dashboard.snapshots import editions, signal_marts, store
from tests.snapshots.older import older_copy

AS_AT = date(2004, 7, 12)
ASKED = ("alert_series", "alert_windows")  # the first holds the clusters too
CAMDEN, ROBBERY = "E09000007", "commercial_robbery"
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


@pytest.fixture(scope="module")
def ground(request_):
    known = days_known(request_.coverage_rows, queries.alerted())
    return Ground(AS_AT, request_.catalogue, queries.alerted(), known)


def test_what_is_read_is_what_the_arithmetic_gives(request_, ground):
    here = rows_of_list.alert_rows(request_)
    read = windows(request_.run("meeting_series"), ground)
    table = alert_table(read.now, read.table)
    assert here.read.series == read.series
    np.testing.assert_array_equal(here.read.history, read.history)
    for field in dataclasses.fields(table):
        np.testing.assert_array_equal(getattr(here.table, field.name), getattr(table, field.name))
    assert (here.table.tier == "alert").sum() > 0


def test_past_windows_hold_each_forecast_once(request_, ground):
    rows = request_.run("alert_windows").to_pylist()
    whole = forecasts(panel(request_.run("backtest_fortnights"), ground.known), ground)
    tested = [row for row in rows if row["tested"]]
    assert len(tested) == sum(int(one.tested.sum()) for one in whole)
    keys = {(row["period_start"], row["measure"], row["unit_code"], row["borough"]) for row in rows}
    assert len(keys) == len(rows)
    last = whole[-1]
    assert last.start == last_whole_fortnight(AS_AT).since
    same = [row for row in tested if row["period_start"] == last.start]
    assert [row["expected"] for row in same] == last.mean[last.tested].tolist()
    # Nothing is expected of a series that is not tested: null, not 0.
    bare = [row for row in rows if not row["tested"]]
    assert bare and all(row["expected"] is None and row["tier"] == "" for row in bare)


def over(request, name: str, info=None) -> pl.DataFrame:
    """Rows of a question over several snapshots, asked of one."""
    return pl.DataFrame(editions.across((info or request.snapshot,), name, request.scope))


def test_the_next_window_is_the_one_after_the_meetings(request_):
    rows = over(request_, "foretold_windows").to_dicts()
    assert {row["period_start"] for row in rows} == {last_whole_fortnight(AS_AT).until}
    assert all(row["n"] is None for row in rows)
    assert rows and all(row["tested"] for row in rows)


@pytest.fixture
def older(sample_data, tmp_path):
    """The last snapshot of the sample as a program without such marts published it."""
    without = [f"marts/{name}.parquet" for name in signal_marts.names()]
    return older_copy(snapshots.get(sample_data, AS_AT), tmp_path / "data", without)


def asked(connection, name: str) -> pl.DataFrame:
    # In polars a NaN, of which histories have many, is one like another.
    return pl.DataFrame(queries.Connection(connection).run(queries.report(name)))


@pytest.mark.parametrize("writable", [True, False])
def test_a_snapshot_without_them_is_completed_once_and_says_the_same(
    older, request_, writable, monkeypatch
):
    state = older.path.parents[2] / "state"
    if not writable:
        state.write_text("a file where the folder would be")
    store.completed.cache_clear()
    for name in ASKED:
        mine = pl.DataFrame(request_.run(name))
        assert asked(store.views(older, request_.scope), name).equals(mine), name
    assert (state / "completed").is_dir() is writable
    assert not (older.path / "marts" / "alert_series.parquet").exists()
    if writable:
        store.completed.cache_clear()
        monkeypatch.setattr(marts, "signals", lambda *_: pytest.fail("reckoned again"))
        rows = asked(store.views(older, request_.scope), "alert_series")
        assert rows.equals(pl.DataFrame(request_.run("alert_series")))


def test_over_snapshots_one_without_them_answers_as_the_others_do(older, request_):
    for name in ("met_windows", "foretold_windows"):
        both = [over(request_, name, info) for info in (older, request_.snapshot)]
        assert both[0].height > 100 and both[0].equals(both[1]), name


def test_a_damaged_snapshot_of_an_earlier_meeting_is_refused(request_, sample_data, tmp_path):
    info = older_copy(request_.snapshot, tmp_path / "data", ())
    path = info.path / "marts" / "next_windows.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ContentError, match="is damaged: marts/next_windows"):
        over(request_, "met_windows", info)


def test_who_sees_one_borough_sees_its_series_alone(older, request_):
    scope = dataclasses.replace(request_.scope, sees="borough", borough="E09000012")
    for info in (older, request_.snapshot):
        rows = asked(store.views(info, scope), "alert_series")
        assert set(rows["borough"]) == {"E09000012"}
        assert asked(store.views(info, scope), "alert_series")["clusters"].null_count() > 0
        assert not asked(store.views(info, scope), "alert_series")["clusters"].drop_nulls().len()


def test_without_counts_by_day_there_are_no_rows(folder):
    info = folder.publish("2004-07-12")
    for name in signal_marts.names():
        assert folder.rows(info, name).height == 0


def test_a_series_of_one_window_has_its_count_and_no_forecast(folder):
    since = last_whole_fortnight(AS_AT).since
    lines = [f"R{n},{since + timedelta(days=n)},robbery_business,Camden,SCD7\n" for n in range(14)]
    folder.load("crimes", HEAD + "".join(lines), "2004-07-11")
    rows = folder.rows(folder.publish("2004-07-12"), "alert_windows").to_dicts()
    mine = [row for row in rows if row["borough"] == CAMDEN and row["measure"] == ROBBERY]
    assert [(row["n"], row["expected"], row["tested"]) for row in mine] == [(14, None, False)]
