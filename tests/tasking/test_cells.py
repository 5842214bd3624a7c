"""Rows of reports as cells."""

from datetime import date
from types import SimpleNamespace

from dashboard.ui.tasking import cells


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
        "target_words": "at least 30 % in 2004/05",
        "variation": "common",
        "assurance": "inconsistent",
        "symbol": "[p]",
    }
    return row | changed


def test_a_small_rate_shows_both_parts_and_its_interval():
    assert cells.parts(objective()) == "12 of 49 (15–38 %)<br>April to June 2004"


def test_the_last_period_is_dated_and_marked_provisional():
    assert cells.last_period(objective()) == "June 2004<br>25 %, 4 of 16 [p]"


def test_a_period_is_said_where_it_is_not_the_usual_one():
    assert cells.usual_period([objective(), objective(), objective(period_words="June 2003")]) == (
        "April to June 2004"
    )
    assert cells.parts(objective(), "April to June 2004") == "12 of 49 (15–38 %)"


def test_what_has_no_data_says_so():
    row = objective(symbol="[x]", value=None, target_words=None, period_words=None)
    assert cells.parts(row) == cells.last_period(row) == ""
    first, others = cells.split([row, objective(measure="other")], 6)
    assert [item["measure"] for item in first] == ["other"]
    assert others == [row]


def test_the_likeliest_misses_come_first_and_what_is_met_is_folded():
    listed = [
        objective(measure="met", miss=0.02),
        objective(measure="even", miss=0.5),
        objective(measure="failing", miss=1.0),
        objective(measure="failing and worse", miss=1.0, variation="concern_high"),
        objective(measure="without target", target_words=None),
    ]
    first, others = cells.split(listed, 3)
    assert [row["measure"] for row in first] == ["failing and worse", "failing", "even"]
    assert [row["measure"] for row in others] == ["met", "without target"]


def test_no_likely_miss_is_ever_folded_away():
    listed = [objective(measure=f"missed {n}", miss=0.5 + n / 20) for n in range(1, 10)]
    first, others = cells.split([objective(measure="even", miss=0.5), *listed], 4)
    assert [row["measure"] for row in first] == [f"missed {n}" for n in range(9, 0, -1)]
    assert [row["measure"] for row in others] == ["even"]


def test_without_any_target_all_measures_with_data_come_first():
    listed = [objective(measure=name, target_words=None) for name in "abcdefgh"]
    listed += [objective(measure="none", symbol="[x]", target_words=None)]
    first, others = cells.split(listed, 6)
    assert [row["measure"] for row in first] == list("abcdefgh")
    assert [row["measure"] for row in others] == ["none"]


def test_of_rare_events_the_latest_of_each_measure_by_the_plan():
    request = SimpleNamespace(measures={"homicides": 1, "shootings": 2, "blackmail": 3})
    listed = [
        {"measure": name, "day": date(2004, 7, day)}
        for name in ("blackmail", "shootings", "homicides")
        for day in (9, 11, 10)
    ]
    chosen = cells.first_rare(request, listed, each=2, most=4)
    assert [(row["measure"], row["day"].day) for row in chosen] == [
        ("homicides", 11),
        ("shootings", 11),
        ("homicides", 10),
        ("shootings", 10),
    ]


def test_meetings_running():
    assert cells.seen(1) == "new this meeting"
    assert cells.seen(2) == "2nd meeting running"
    assert cells.seen(1, behind=1) == "new this meeting, a fortnight behind"


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
    first, second = cells.rare([dated, month])
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


def test_the_years_chance_is_the_verdict_and_the_period_stands_under_its_own_words():
    row = objective(
        chance=0.01,
        chance_words="very unlikely",
        band_words="1 %, 13 %–24 % in four of five",
        by_period="a month by itself may or may not meet it",
    )
    said = cells.reach(row)
    assert "very unlikely" in said and "1 %, 13 %–24 % in four of five" in said
    assert said.index("very unlikely") < said.index("a month by itself may or may not meet it")
    assert 'class="st bad"' in said and "≈" not in said


def test_a_target_that_cannot_be_judged_says_so():
    said = cells.reach(objective(assurance=""))
    assert "not judged" in said
    assert "at least 30 % in 2004/05" in said
    assert "no target" in cells.reach(objective(target_words=None))
