"""Edges of the outlook: breaks, short baselines, late figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dashboard import catalogue, reports
from dashboard.catalogue.records import Break_
from dashboard.periods import Period
from dashboard.reports.tasking import forecasts, objectives
from tests.asking import a_measure

AS_AT = date(2004, 7, 12)
ROBBERY = "blackmail"
CATALOGUE = catalogue.load(Path(__file__).parents[2] / "data" / "catalogue")


@pytest.fixture
def asked(monkeypatch, asking):
    """A request of a count that is known up to a day, whose series broke on these days."""

    def of(*breaks: date, until: date = AS_AT):
        window = Period(until - timedelta(days=14), until)
        here = SimpleNamespace(read=SimpleNamespace(window={ROBBERY: window}))
        monkeypatch.setattr(forecasts, "alert_rows", lambda request: here)
        broken = tuple(Break_(ROBBERY, "", "", on, "counted anew") for on in breaks)
        plan = {ROBBERY: a_measure(ROBBERY)}
        return asking(AS_AT, plan=plan, beside=replace(CATALOGUE, breaks=broken))

    return of


def test_fortnights_before_a_break_are_no_baseline(asked):
    counts = np.arange(105.0)
    # Thirteen whole fortnights lie behind the break, the list's least; a day later twelve.
    on = AS_AT - timedelta(days=14 * 13)
    request = asked(on)
    known = ~np.isnan(forecasts.history(request, ROBBERY, counts))
    assert known.tolist() == [False] * 92 + [True] * 13
    assert forecasts.is_known(request, ROBBERY, counts)
    assert not forecasts.is_known(asked(on + timedelta(days=1)), ROBBERY, counts)
    # A break to come changes nothing yet.
    assert forecasts.is_known(asked(AS_AT), ROBBERY, counts)


def test_the_title_names_the_fortnight_and_says_when_it_is_over(asked):
    rows = [{"measure": ROBBERY, "window": "12 to 25 July 2004"}]
    on_time = forecasts.title_of(asked(), rows)
    assert on_time == "What the fortnight 12 to 25 July 2004 should bring"
    late = asked(until=AS_AT - timedelta(days=14))
    said = forecasts.title_of(late, [rows[0] | {"window": "28 June to 11 July 2004"}])
    assert said.endswith("should bring; it is over, its figures are not here yet")
    two = [*rows, {"measure": ROBBERY, "window": "28 June to 11 July 2004"}]
    assert "each measure's last figures" in forecasts.title_of(asked(), two)


def test_of_one_measure_its_name_is_said(folder):
    lines = [
        f"{date(2003 + month // 12, month % 12 + 1, 1)},month,Camden,robbery_business,"
        f"{20 + 3 * (month % 3)},,corporate"
        for month in range(16)
    ]
    head = "date,grain,borough,offence,offences,outcomes,publisher"
    folder.load("counts", "\n".join([head, *lines, ""]), "2004-05-01")
    folder.publish("2004-05-10")
    title = objectives.board(reports.open_request(date(2004, 5, 10), None, folder.data)).title
    assert title == "Commercial robbery is not worse than usual"
