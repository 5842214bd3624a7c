"""The pictures of accountability: where each part, cell and score of literal rows stands."""

from __future__ import annotations

from datetime import date

from dashboard import rows as of_kinds
from dashboard.charts import scores, stacked, visit_calendar
from dashboard.reports.accountability import owed
from dashboard.reports.accountability.improvement import Area
from dashboard.reports.accountability.visit_calendar import STATES, Kept
from tests.export.conftest import disclosed

__all__ = ["disclosed"]
SLOTS = [("Head", "Q2 2004/05", 7), ("Head", "Q4 2004/05", 1), ("Team", "Q1 2004/05", 4)]


def test_parts_follow_one_another_and_add_up():
    drawn = stacked.data([("A", "late", 3), ("B", "late", 0), ("A", "open", 97), ("A", "due", 1)])
    parts = [(row["part"], row["start"], row["end"]) for row in drawn["rows"].to_pylist()]
    assert parts == [("late", 0, 3), ("late", 0, 0), ("open", 3, 100), ("due", 100, 101)]
    # A part of under a fiftieth of the longest bar has no room for its figure.
    assert [row["room"] for row in drawn["rows"].to_pylist()] == [True, False, True, False]
    assert drawn["sums"].to_pylist() == [
        {"label": "A", "n": 101, "end": 101},
        {"label": "B", "n": 0, "end": 0},
    ]
    # Two parts stand in a row of the key, the third in one more.
    tall = [
        stacked.spec(2, parts)["height"] for parts in (("late", "open"), ("late", "open", "due"))
    ]
    assert tall == [2 * stacked.ROW + stacked.KEY, 2 * stacked.ROW + stacked.KEY + stacked.KEY_ROW]


def test_every_kind_of_what_is_overdue_has_a_colour_of_its_own():
    kinds = tuple(many for _, many in owed.ITEMS.values())
    drawn = stacked.spec(1, kinds)
    (colours,) = {
        tuple(layer["encoding"]["color"]["scale"]["range"])
        for layer in drawn["layer"]
        if "scale" in layer["encoding"].get("color", {})
    }
    assert len(set(colours)) == len(kinds)
    # Of many parts the key has two rows, and room for them.
    assert drawn["height"] > stacked.spec(1, kinds[: stacked.IN_A_ROW])["height"]


def calendar_of(disclosed):
    rows = [
        {
            "unit_code": unit,
            "kind_words": kind,
            "quarter_words": quarter,
            "quarter": date(2004, month, 1),
            "state": state,
            "planned_on": date(2004, month, 5),
        }
        for kind, quarter, month in SLOTS
        for unit, state in (("U7", "held"), ("U7(1)", "planned"))
    ]
    return disclosed(rows, of_kinds.schema(Kept))


def test_each_kind_of_visit_has_a_line_for_its_words_above_its_quarters(disclosed):
    found = calendar_of(disclosed)
    assert list(visit_calendar.lines_of(found).values()) == [1, 2, 4]
    assert visit_calendar.height(found) == 5
    drawn = visit_calendar.data(found, [("U7", "U7"), ("U7(1)", "U7")])
    assert drawn["kinds"].to_pylist() == [
        {"words": "Head", "line": 0},
        {"words": "Team", "line": 3},
    ]
    assert {(row["column"], row["line"]) for row in drawn["cells"].to_pylist()} == {
        (column, line) for column in (0, 1) for line in (1, 2, 4)
    }
    heads = drawn["heads"].to_pylist()
    assert [(row["first"], row["short"], row["brief"]) for row in heads] == [
        (True, "", "7"),
        (False, "(1)", "7(1)"),
    ]


def test_every_state_has_a_sign_and_words_of_its_own():
    assert tuple(visit_calendar.STATES) == STATES
    signs = {sign for sign, _, _, _ in visit_calendar.STATES.values()}
    words = {words for _, words, _, _ in visit_calendar.STATES.values()}
    assert len(signs) == len(words) == len(STATES)
    assert visit_calendar.spec(38, 15)["height"] == 15 * visit_calendar.ROW


def test_a_score_that_is_missing_and_a_criterion_without_an_area_are_two_things(disclosed):
    rows = [
        {"criterion_words": "1 Leadership", "title": None, "score": None},
        {"criterion_words": "3 People", "title": "Vetting", "score": None},
        {"criterion_words": "3 People", "title": "Diversity", "score": 45.0,
         "scores": [35.0, 45.0], "known_on": [date(2004, 4, 4), date(2004, 7, 11)],
         "first_score": 35.0, "overdue": True},
    ]  # fmt: skip
    drawn = scores.data(disclosed(rows, of_kinds.schema(Area)))
    assert [row["said"] for row in drawn["rows"].to_pylist()] == ["no area", "[x]", "45"]
    assert [(row["score"], row["known"]) for row in drawn["past"].to_pylist()] == [
        (35.0, "4 Apr 2004")
    ]
    assert scores.spec(3)["height"] == 3 * scores.ROW
