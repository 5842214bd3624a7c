"""Edges of the outlook: breaks, short baselines, late figures."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np

from dashboard import reports
from dashboard.periods import Period
from dashboard.reports.tasking import forecasts, objectives

AS_AT = date(2004, 7, 12)


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


def test_of_one_measure_its_name_is_said(folder):
    lines = [
        f"{date(2031 + month // 12, month % 12 + 1, 1)},month,Camden,robbery_business,"
        f"{20 + 3 * (month % 3)},,corporate"
        for month in range(16)
    ]
    head = "date,grain,borough,offence,offences,outcomes,publisher"
    folder.load("counts", "\n".join([head, *lines, ""]), "2032-05-01")
    folder.publish("2032-05-10")
    title = objectives.board(reports.open_request(date(2032, 5, 10), None, folder.data)).title
    assert title == "Commercial robbery is not worse than usual"
