"""Series that stand still: no band without width, no usual point marked, always all meets all."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard import reports
from dashboard.reports.measure import chart_rows, wording
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.tasking import objectives
from tests.measure.test_missing_returns import ON_TIME, months
from tests.measure.test_trend_limits import drawn

HEAD = "measure,period_start,grain,unit_code,numerator,denominator,verified\n"


@pytest.mark.parametrize("odd", [0, 1, 9, 17])
@pytest.mark.parametrize("value", [0.95, 0.60])
def test_a_series_constant_but_for_a_point_has_only_that_point_marked(odd, value):
    """The cases 33: the moving ranges above 0 would all be screened out."""
    parts = [20.0] * 18
    parts[odd] = 20 * value
    found = drawn(parts, [20.0] * 18, unit="percent", better="higher", target=1.0)
    assert found.kind == "run"
    assert [i for i, rule in enumerate(found.rules) if rule != "common"] == [odd]
    apart = 2.66 * (2 - (odd in (0, 17))) * (1 - value) / 17
    assert (found.mean[2], found.lower[2]) == (1.0, pytest.approx(1 - apart))
    assert (found.variation == "concern_low") is (odd == 17)


def test_no_chart_has_limits_without_width():
    rng = np.random.default_rng(5)
    for _ in range(200):
        parts = np.full(20, 40.0)
        places = rng.choice(20, rng.integers(0, 4), replace=False)
        parts[places] = rng.integers(30, 40, len(places))
        found = drawn(list(parts), [40.0] * 20, unit="percent", better="higher")
        if not len(places):
            assert found.lower[0] is None
            continue
        assert found.upper[0] > found.lower[0]
        usual = [i for i in range(20) if i not in places]
        assert {found.rules[i] for i in usual} == {"common"}


@pytest.mark.parametrize("cases", [20.0, 2_000.0])  # XmR and P′ alike
@pytest.mark.parametrize(
    ("target", "assurance"), [(1.0, "consistent_pass"), (0.9, "consistent_pass"), (None, "")]
)
def test_always_all_is_a_run_chart_in_its_usual_range_and_meets_all(cases, target, assurance):
    found = drawn([cases] * 18, [cases] * 18, unit="percent", better="higher", target=target)
    assert (found.kind, found.variation, found.assurance) == ("run", "common", assurance)
    assert set(found.rules) == {"common"}


@pytest.mark.parametrize(("target", "better"), [(0.9, "lower"), (1.0, "higher")])
def test_always_the_same_and_worse_than_the_target_is_not_met(target, better):
    part = 19.0
    found = drawn([part] * 18, [20.0] * 18, unit="percent", better=better, target=target)
    assert found.assurance == "consistent_fail"


def test_twelve_equal_points_are_too_few_for_a_verdict():
    found = drawn([20.0] * 12, [20.0] * 12, unit="percent", better="higher", target=1.0)
    assert (found.kind, found.variation, found.assurance) == ("run", "", "")


def on_time(folder, counts):
    rows = [
        (*row[:4], n, 20) for row, n in zip(months("SCD4", measure=ON_TIME), counts, strict=True)
    ]
    text = HEAD + "".join(",".join(map(str, row)) + ",yes\n" for row in rows)
    folder.own_catalogue("")
    targets = folder.data / "catalogue" / "targets.csv"
    kept = [line for line in targets.read_text().splitlines() if not line.startswith(ON_TIME)]
    kept.append(f"{ON_TIME},SCD4,2003-04-01,2005-04-01,2003-03-01,100,level,illustrative,test")
    targets.write_text("\n".join(kept) + "\n")
    folder.load("returns", text, "2004-07-11")
    return reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)


def test_always_100_percent_against_100_percent_is_met_and_said(folder):
    request = on_time(folder, [20] * 18)
    track = tracks(request, "SCD4")[ON_TIME]
    said = wording.statement(track)
    assert said.startswith("Urgent submissions on time: 100 % in each of 18 months (360 of 360)")
    assert said.endswith(", which meets at least 100 %")
    rows = {row["measure"]: row for row in objectives.board(request).rows.to_pylist()}
    assert rows[ON_TIME]["assurance"] == "consistent_pass"
    assert "every month alike" in " ".join(chart_rows.notes_of(track, None))


def test_100_percent_but_once_draws_no_limit_above_all(folder):
    request = on_time(folder, [20] * 9 + [19] + [20] * 8)
    track = tracks(request, "SCD4")[ON_TIME]
    rows = chart_rows.chart(request, track).rows.to_pylist()
    assert [row["period"] for row in rows if row["point"] != "common"] == ["October 2003"]
    assert {row["upper"] for row in rows} == {1.0}
    assert wording.statement(track) == (
        "Urgent submissions on time: 100 % in June 2004, median 100 %, no shift"
    )
