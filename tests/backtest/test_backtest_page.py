"""The backtest page: what it says with a past that is too short, and its cells."""

import re

import pytest

from dashboard.reports.backtest import power_words
from dashboard.reports.backtest.scored import held_80
from dashboard.ui.backtest import cells as backtest_rows
from tests.figures.walk import named_statistics
from tests.screens import screen

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"


def test_a_past_too_short_is_said_in_words(folder):
    folder.load("crimes", HEAD + "C1,2004-06-30,kidnap,Camden,SCD7\n", "2004-07-11")
    folder.publish("2004-07-12")
    page = screen("backtest", folder.data).run()
    assert not page.exception and not page.error
    html = [item.proto.body for item in page.get("html")]
    assert named_statistics(html) == []
    said = re.sub(r"<[^>]+>", " ", " ".join(html))
    assert "No past fortnight can be forecast from these figures" in said
    assert "at least two whole ones before them" in said


def covered(**other):
    row = {"n": 132, "promised_80": 0.8, "factor": 1.0, "state": "accepted", "after_80": 0.75}
    for mark, held in (("80", 94), ("95", 113)):
        row |= {f"held_{mark}": held, f"share_{mark}": held / 132}
        row |= {f"low_{mark}": 0.43, f"high_{mark}": 0.89}
    return row | {"measure": "kidnaps", "name": "Kidnap", "level": ""} | other


def test_a_share_stands_with_its_interval_and_its_parts():
    assert backtest_rows.held(held_80(covered())) == (
        '71 % (43–89)<br><span class="quiet">94 of 132</span>'
    )


def test_a_band_says_what_it_is_widened_by_or_why_not():
    (cells,) = backtest_rows.fortnights([covered(factor=1.949, state="widened", after_80=0.784)])
    assert cells[-1] == "× 1.9 → 78 %"
    (cells,) = backtest_rows.fortnights([covered(factor=97.0, state="unreached", after_80=0.4)])
    assert cells[-1] == "× 97 → 40 %, not reached"
    (cells,) = backtest_rows.fortnights([covered(state="above")])
    assert cells[-1] == "1, over 0.88"


@pytest.mark.parametrize("columns", ["FORTNIGHTS", "YEARS", "STAGES", "ALERTS", "POWER", "TRUTHS"])
def test_no_column_is_headed_by_a_statistic(columns):
    heads = [getattr(head, "title", head) for head in getattr(backtest_rows, columns)]
    assert named_statistics(map(str, heads)) == []


def test_meetings_without_an_alert_are_said_so():
    row = {"meetings": 24, "alerts": 0, "judged": 0, "true": 0}
    assert power_words.alerts([row, row], known=False) == "No alert at 24 past meetings"


def test_the_screen_has_wholes_and_all_boroughs_in_one_line():
    rows = [
        {"place": "whole", "measure": "all"},
        {"place": "whole", "measure": "kidnaps"},
        {"place": "borough", "measure": "all"},
        {"place": "borough", "measure": "kidnaps"},
    ]
    assert backtest_rows.shown(rows) == rows[:3]
