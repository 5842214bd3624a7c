"""Edges of the outlook: targets met exactly, money, breaks, short baselines, late figures."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import betabinom

from dashboard.periods import Period
from dashboard.reports.measure import chances
from dashboard.reports.measure.point import Point
from dashboard.reports.tasking import forecasts

AS_AT = date(2004, 7, 12)


def rate_track(better: str, year: list[tuple[float, float]], before: float = 100.0):
    """A monthly rate: two even years of `before` cases a month, then `year`."""
    starts = [date(2002 + (3 + i) // 12, (3 + i) % 12 + 1, 1) for i in range(24 + len(year))]
    parts = [(before / 10, before)] * 24 + year
    points = tuple(Point(on, a, b, False) for on, (a, b) in zip(starts, parts, strict=True))
    measure = SimpleNamespace(better=better, is_rate=True, aggregate="sum")
    return SimpleNamespace(measure=measure, points=points, year=points[24:])


@pytest.mark.parametrize("target", [0.10, 0.11])
def test_a_rate_that_ends_just_at_its_most_has_met_it(monkeypatch, target):
    # 300 cases so far and 900 to come for certain: 'at most a tenth' is 120 of 1,200 or fewer.
    track = rate_track("lower", [(10, 100)] * 3)
    monkeypatch.setattr(chances, "MIXED", (0.5,))
    found = chances._of_rate(track, target)
    rest = chances.year_end.project(300, 0.25)
    size = rest.rest**2 / (rest.variance - rest.rest)
    n = int(chances.nbinom(size, size / (size + rest.rest)).ppf(0.5))
    most = int(round(target * (300 + n), 9)) - 30
    assert found.chance == pytest.approx(float(betabinom(n, 30.5, 270.5).cdf(most)))
    assert found.projected == pytest.approx(0.10, abs=0.001)


def test_both_sides_of_a_rate_add_up_but_for_the_target_itself():
    low, high = (
        chances._of_rate(rate_track(side, [(10, 100)] * 3), 0.123).chance
        for side in ("lower", "higher")
    )
    assert low + high == pytest.approx(1.0, abs=0.02)
    assert low > 0.8  # a tenth so far


def test_pounds_are_no_cases():
    track = rate_track("lower", [(10.25, 100)] * 3)
    assert chances._of_rate(track, 1.0) is None


def asked(monkeypatch, *breaks: date, until: date = AS_AT):
    window = Period(until - timedelta(days=14), until)
    here = SimpleNamespace(read=SimpleNamespace(window={"robbery": window}))
    monkeypatch.setattr(forecasts, "found", lambda request: here)
    monkeypatch.setattr(forecasts, "broken", lambda *_: breaks)
    measures = {"robbery": SimpleNamespace(owner="SCD7")}
    return SimpleNamespace(measures=measures, as_at=AS_AT)


def test_fortnights_before_a_break_are_no_baseline(monkeypatch):
    counts = np.arange(105.0)
    # Thirteen whole fortnights lie behind the break, the list's least; a day later twelve.
    on = AS_AT - timedelta(days=14 * 13)
    request = asked(monkeypatch, on)
    known = ~np.isnan(forecasts._history(request, "robbery", counts))
    assert known.tolist() == [False] * 92 + [True] * 13
    assert forecasts._known(request, "robbery", counts)
    assert not forecasts._known(asked(monkeypatch, on + timedelta(days=1)), "robbery", counts)
    # A break to come changes nothing yet.
    assert forecasts._known(asked(monkeypatch, AS_AT), "robbery", counts)


def test_the_title_names_the_fortnight_and_says_when_it_is_over(monkeypatch):
    rows = [{"measure": "robbery", "window": "12 to 25 July 2004"}]
    on_time = forecasts._title(asked(monkeypatch), rows)
    assert on_time == "What the fortnight 12 to 25 July 2004 should bring"
    late = asked(monkeypatch, until=AS_AT - timedelta(days=14))
    said = forecasts._title(late, [rows[0] | {"window": "28 June to 11 July 2004"}])
    assert said.endswith("should bring; it is over, its figures are not here yet")
    two = [*rows, {"measure": "robbery", "window": "28 June to 11 July 2004"}]
    assert "each measure's last figures" in forecasts._title(asked(monkeypatch), two)
