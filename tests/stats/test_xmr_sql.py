"""The XmR of queries/macros against that of dashboard.stats, over all series in one query."""

import json
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from dashboard.stats import spc

ROOT = Path(__file__).resolve().parents[2]
MACRO = (ROOT / "queries" / "macros" / "xmr.sql").read_text(encoding="utf-8")
REFERENCE = ROOT / "tests" / "reference" / "xmr_plotthedots.json"
LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
FIXED = 14


def all_series():
    """Published series, ones at the edges, and random ones with gaps and steps."""
    cases = json.loads(REFERENCE.read_text(encoding="utf-8"))["cases"]
    found = [case["input"]["values"] for case in cases]
    found += [[], [1.0], [1.0, 2.0], [0.1] * 20, [1.0, None, 2.0, None, 3.0]]
    found += [[*range(7), *range(6, -1, -1)], [*range(6), *range(4, -3, -1), 9]]
    found += [[1.0] * 9 + [10.0] + [1.0] * 10, [1.0] * 9 + [0.95] + [1.0] * 8]
    rng = np.random.default_rng(7)
    for _ in range(150):
        values = rng.poisson(6, 40) + 4 * (np.arange(40) > rng.integers(40))
        found.append([None if rng.random() < 0.03 else float(value) for value in values])
    return found


def baseline(values, fix_after_n):
    """Which points are those that limits stand on."""
    known = [index for index, value in enumerate(values) if value is not None]
    last = known[:fix_after_n][-1] if known else -1
    return [fix_after_n is None or index <= last for index in range(len(values))]


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as found:
        found.execute(MACRO).fetchall()
        yield found


@pytest.mark.parametrize("fix_after_n", [None, FIXED])
def test_sql_and_python_say_the_same(connection, fix_after_n):
    series = all_series()
    rows = [
        {"series": number, "segment": 0, "position": index, "value": value, "is_baseline": based}
        for number, values in enumerate(series)
        for index, (value, based) in enumerate(
            zip(values, baseline(values, fix_after_n), strict=True)
        )
    ]
    schema = {"series": pl.Int64, "segment": pl.Int64, "position": pl.Int64}
    schema |= {"value": pl.Float64, "is_baseline": pl.Boolean}
    connection.register("points", pl.DataFrame(rows, schema).to_arrow())
    found = pl.DataFrame(connection.sql("select * from xmr('points')").to_arrow_table())
    for number, values in enumerate(series):
        said = found.filter(pl.col("series") == number)
        chart = spc.xmr(values, fix_after_n=fix_after_n)
        assert said["rule"].to_list() == list(chart.rules), values
        assert said["direction"].to_list() == list(chart.directions), values
        for line in LINES:
            ours = said[line].to_list()
            assert ours == pytest.approx(list(getattr(chart, line)), abs=1e-10), (line, values)


def test_runs_and_limits_do_not_cross_a_segment(connection):
    values = [10.0, 12.0, 10.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 10.0, 12.0, 10.0]
    rows = [
        {
            "series": 1,
            "segment": int(at >= 7),
            "position": at,
            "value": value,
            "is_baseline": True,
        }
        for at, value in enumerate(values)
    ]
    connection.register("parted", pl.DataFrame(rows).to_arrow())
    found = pl.DataFrame(connection.sql("select * from xmr('parted')").to_arrow_table())
    chart = spc.xmr(values, rebase=[7])
    assert found["rule"].to_list() == list(chart.rules)
    assert found["upper"].to_list() == pytest.approx(list(chart.upper))
