"""Panels, and the workshop of a target."""

from dashboard.charts import panels, strategy, workshop
from dashboard.charts.panels import Cell, Panels

ABLE = {
    "place": 1, "unit_code": "A1", "unit_name": "One", "per_post": 2.0, "open_before": 30,
    "in_post": 10, "overtime": 1.2, "posts": 12, "vacant": 2, "sickness_a_post": 0.5,
}  # fmt: skip


def test_panels_share_a_scale_by_panel_or_by_row(data_names):
    rows = [("a", [Cell("1", 1.0), Cell("2", 2.0)]), ("b", [Cell("4", 4.0), Cell("1", 1.0)])]
    drawn = panels.data(Panels(("p", "q"), rows))["rows"].to_pylist()
    ends = [round((row["bar"] - row["start"]) / panels.ROOM, 6) for row in drawn]
    assert ends == [0.25, 1.0, 1.0, 0.5]
    by_row = panels.data(Panels(("p", "q"), rows, by_row=True))["rows"].to_pylist()
    ends = [round((row["bar"] - row["start"]) / panels.ROOM, 6) for row in by_row]
    assert ends == [0.5, 1.0, 1.0, 0.25]
    assert data_names(panels.spec(("p", "q"), 2)) == {"rows"}
    assert panels.spec(("p", "q"), 4)["height"] == 2 * panels.spec(("p", "q"), 2)["height"]


def test_what_is_not_known_has_words_and_no_bar():
    bare = dict.fromkeys(ABLE) | {"place": 2, "unit_code": "A2", "unit_name": "Two"}
    found = [cell for row in (ABLE, bare) for cell in strategy.able(row)]
    assert [cell.said for cell in found] == [
        *("2.0", "120 %", "2 of 12", "0.50 days"),
        *["[x]"] * 4,
    ]
    assert all(cell.bar is None and cell.most in (0.0, 1.0) for cell in found[4:])
    assert (found[0].mark, found[1].mark, found[1].tone) == (3.0, 1.0, "bad")
    nothing = panels.data(Panels(("p",), [("a", [Cell("[x]")])]))["rows"].to_pylist()
    assert nothing[0]["bar"] is None and nothing[0]["said"] == "[x]"


def test_the_years_end_says_why_it_is_not_there():
    row = {"unit": "n", "projected": None, "low80": None, "high80": None, "target": 5.0}
    row |= {"tone": "", "verdict": None}
    assert strategy.end_of(row | {"target_words": "at most 5"}).said == "no forecast"
    assert strategy.end_of(row | {"target_words": None}).said == "no target"
    met = row | {"target_words": "at most 5", "verdict": "met"}
    assert strategy.end_of(met).said == "met"  # without a forecast, what it is so far
    two = met | {"verdict": "not foretold; a month by itself may or may not meet its part"}
    assert strategy.end_of(two).said == "not foretold"
    known = row | {"projected": 7.0, "low80": 6.0, "high80": 8.0, "target_words": "at most 5"}
    cell = strategy.end_of(known | {"tone": "bad"})
    assert (cell.said, cell.tone, cell.most) == ("7", "bad", 8.0)


def test_money_is_said_in_millions_where_there_is_little_room():
    assert strategy.figure(5_284_804.81, "gbp") == "£5.3m"
    assert strategy.figure(999_999.0, "gbp") == "£999,999"
    assert strategy.figure(None, "gbp") == "[x]"


def test_the_workshop_draws_years_and_the_two_levels(disclosed, data_names):
    blank = dict.fromkeys(("value", "low", "high", "level", "chance", "broken"))
    rows = [
        {"kind": "past", "label": "2030/31", "said": "90", **blank, "value": 90.0, "broken": True},
        {"kind": "next", "label": "2032/33", "said": "80", **blank, "value": 80.0, "low": 70.0,
         "high": 90.0},
        {"kind": "chosen", "label": "at most 88", "said": "likely", **blank, "level": 88.0},
        {"kind": "level", "label": "at most 80", "said": "even", **blank, "level": 80.0},
        {"kind": "typed", "label": "at most 75", "said": "unlikely", **blank, "level": 75.0},
    ]  # fmt: skip
    found = disclosed(rows)
    data = workshop.data(found)
    assert data["rows"].column("label").to_pylist() == ["2030/31", "2032/33"]
    assert data["levels"].column("kind").to_pylist() == ["chosen", "typed"]
    drawn = workshop.spec_for(found, "n")
    assert data_names(drawn) == {"rows", "levels"}
    assert drawn["height"] == 2 * workshop.ROW
