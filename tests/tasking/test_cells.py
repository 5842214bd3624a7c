"""Rows of reports as cells."""

from datetime import date

from dashboard.reports.tasking import bar_rows
from dashboard.ui.tasking import alert_cells, bar_cells, cells


def objective(**changed):
    row = {
        "measure": "trident_nonfatal_detection",
        "name": "Trident non-fatal, detection",
        "unit_code": "SCD8",
        "unit": "percent",
        "value": 12 / 49,
        "numerator": 12.0,
        "denominator": 49.0,
        "low": 0.15,
        "high": 0.38,
        "period_words": "April to June 2004",
        "latest": 0.25,
        "latest_numerator": 4.0,
        "latest_denominator": 16.0,
        "latest_words": "June 2004",
        "context": "",
        "as_of": "",
        "target_words": "at least 30 % in 2004/05",
        "variation": "common",
        "assurance": "inconsistent",
        "symbol": "[p]",
        "unit_of_parts": "n",
        "unsigned_returns": None,
    }
    return row | changed


def test_a_small_rate_shows_both_parts_and_its_interval():
    assert bar_cells.parts(objective()) == "12 of 49 (15–38 %)"
    assert bar_cells.parts(objective(denominator=None, low=None)) == ""


def test_the_last_period_is_dated_and_marked_provisional():
    assert bar_cells.latest(objective()) == "June 2004: 25 %, 4 of 16 [p]"


def target(name, miss=None, chance=None, **changed):
    """A row of the board with a target that is missed so likely."""
    words = "" if chance is None else {True: "likely", False: "unlikely"}[chance >= 0.5]
    row = objective(measure=name, name=name, target=0.3, low80=0.2, high80=0.4)
    return row | {"miss": miss, "chance": chance, "chance_words": words, "sentence": name} | changed


def test_no_likely_miss_is_folded_away_with_a_forecast_or_without():
    board = [
        target("met", 0.1, 0.9),
        target("missed", 0.9, 0.1),
        target("missed by its limits", 1.0, assurance="consistent_fail"),
        # its verdict says that it is not foretold: limits of one period do not say it is missed
        target("not foretold", assurance="consistent_fail"),
        target("without target", target_words=None),
    ]
    missed, others = bar_rows.by_outlook(bar_rows.objectives(board))
    assert [item.bar["label"] for item in missed] == ["missed", "missed by its limits"]
    assert [item.bar["label"] for item in others] == ["met", "not foretold"]


def test_meetings_running():
    assert alert_cells.seen(1) == "new this meeting"
    assert alert_cells.seen(2) == "2nd meeting running"
    assert alert_cells.seen(1, behind=1) == "new this meeting, a fortnight behind"


def test_rare_events_are_dated_or_a_months_number():
    dated = {
        "day": date(2004, 7, 8),
        "period_words": "8 July 2004",
        "name": "Shooting, non-fatal",
        "borough_name": "Brent",
        "n": 1,
        "gap_days": 3,
    }
    month = dated | {"day": None, "period_words": "June 2025", "n": 3, "gap_days": None}
    first, second = alert_cells.rare([dated, month])
    assert first[:3] == ["Thu 8 Jul", "Shooting, non-fatal", "Brent"]
    assert "3 days" in first[3]
    assert second == ["June 2025", "Shooting, non-fatal: 3", "Brent", ""]


def test_how_many_were_tested():
    assert cells.tested_words({}, 0, 10) == "No series is fresh enough to be tested."
    said = cells.tested_words({"ocu": 1056}, 12, 10)
    assert "1,056 series" in said and "the 10 strongest" in said
    # The promise is of meetings in which nothing rises; of single alerts nothing is promised.
    assert "where nothing rises" in said and "false" not in said
    assert "strongest" not in cells.tested_words({"ocu": 1056}, 10, 10)
