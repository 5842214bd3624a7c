"""One target, one answer: what a unit answers for of a whole is said of it on its page too."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard import reports
from dashboard.catalogue import order
from dashboard.reports.measure import scopes, tracks, verdicts
from dashboard.reports.tasking import objectives
from dashboard.reports.unit import headline, planned, same_figure
from dashboard.ui.unit import cells


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), data=sample_data)


@pytest.fixture(scope="module")
def board(request_):
    return {row["measure"]: row for row in objectives.board(request_).rows.to_pylist()}


@pytest.fixture(scope="module")
def plans(request_):
    units = order.page_units(request_.catalogue)
    return {unit: planned.plan(request_, unit).rows.to_pylist() for unit in units}


def test_a_target_has_the_same_verdict_on_its_owners_page_as_on_the_board(board, plans):
    said = 0
    for unit, rows in plans.items():
        for row in rows:
            held = board[row["measure"]]
            if held["unit_code"] != unit or not row["target_words"]:
                continue
            keys = ("target", "chance", "assurance", "verdict", "miss")
            assert [row[key] for key in keys] == [held[key] for key in keys], row["measure"]
            said += 1
    assert said >= 10


def test_a_figure_of_more_than_the_owner_stands_beside_it_and_is_the_boards(board, plans):
    every = [row for rows in plans.values() for row in rows]
    wholes = {row["measure"]: row for row in every if row["whole"] is not None}
    known = {"recommendations_overdue", "networks_disrupted", "homicides", "shootings"}
    assert known <= set(wholes)
    for name, row in wholes.items():
        assert (row["whole_figure_of"], row["whole_value"]) == (
            board[name]["figure_of"],
            board[name]["value"],
        )
        assert row["value"] != row["whole_value"]  # the same figure is not said twice


def test_the_owners_part_of_a_count_has_no_target_and_a_rates_level_holds_for_it(request_):
    of = {
        name: tracks.tracks(request_, unit)[name]
        for unit, name in (
            ("SCD7", "networks_disrupted"),
            ("SCD1", "homicide_clear_up"),
            ("SCD7", "commercial_robbery"),
        )
    }
    assert of["networks_disrupted"].aims.target is None  # 40 are those of the whole directorate
    assert of["homicide_clear_up"].aims.target == 0.83
    assert of["commercial_robbery"].aims.target is not None  # which is its owner's alone


@pytest.mark.parametrize(
    ("scope", "owner", "words"),
    [
        ("ocu", "SCD7", ""),
        ("directorate", "SCD7", "all of SCD"),
        ("directorate", "SCD", ""),  # its own
        ("force", "SCD1", "force-wide"),
        ("force", "MPS", ""),
    ],
)
def test_what_a_whole_is_called(request_, scope, owner, words):
    assert request_.catalogue  # whose directorate is in force
    assert scopes.scope_words(SimpleNamespace(scope=scope, owner=owner)) == words


def test_a_headline_charges_a_unit_with_its_own_alone(request_):
    plan = planned.plan(request_, "SCD2")
    row = next(r for r in plan.rows.to_pylist() if r["measure"] == "recommendations_overdue")
    assert row["value"] == 0 and verdicts.is_missed(row["miss"])  # as the directorate has it
    said = headline.headline(request_, "SCD2", plan)
    assert "none of its own 4 targets is" in said and "SCD2 has none; all of SCD" in said
    assert said.endswith(row["whole"])


def test_a_target_judged_the_other_way_where_it_is_answered_for_says_so(board, plans):
    rows = {row["measure"]: row for row in plans["SCD7"]}
    own, whole = rows["gun_crime_detection"], board["gun_crime_detection"]
    # The own is likely to be met; as the record has it, the whole could go either way.
    assert verdicts.is_missed(1 - own["miss"]) and not verdicts.is_missed(whole["miss"])
    assert own["beside"] is None
    # Both are likely to be missed: nothing to explain.
    assert rows["overtime_against_profile"]["beside"] is None


def test_the_row_of_a_unit_says_how_the_whole_is_judged_the_other_way(request_, monkeypatch):
    track = tracks.tracks(request_, "SCD7")["gun_crime_detection"]
    whole = {"miss": 0.7, "chance": 0.3, "chance_words": "unlikely", "verdict": ""}
    monkeypatch.setattr(same_figure.verdicts, "verdict", lambda *_: whole)
    for miss, said in ((0.2, True), (0.5, False), (0.7, False), (None, False)):
        words = same_figure.above(request_, "SCD7", track, {"miss": miss})
        assert (words is not None) is said
    words = same_figure.above(request_, "SCD7", track, {"miss": 0.2})
    assert words.startswith("force-wide 21 %") and "unlikely (30 %)" in words


def test_one_figure_in_two_rows_names_the_row_that_has_the_target(plans):
    rows = {row["measure"]: row for row in plans["SCD7"]}
    first, other = rows["scd_gun_crime_detection"], rows["gun_crime_detection"]
    assert (first["numerator"], first["denominator"]) == (other["numerator"], other["denominator"])
    assert first["beside"].endswith("gun-enabled crime, detection")
    cell = cells.plan([first], date(2004, 7, 12))[0][-1]
    assert first["beside"] in cell and "no target" not in cell
    assert rows["gun_crime"]["beside"] is None  # no target there either, and no other row of it


def test_a_stock_on_the_board_says_of_which_end_it_is(board):
    assert board["recommendations_overdue"]["as_of"] == "end of June 2004"
    assert board["open_quality_faults"]["as_of"] == "end of the week 5 to 11 July 2004"
    assert board["networks_disrupted"]["as_of"] == ""


def test_figures_of_other_periods_than_most_are_dated(plans, request_):
    rows = plans["SCD2"]
    usual = cells.most_of(rows, request_.as_at)
    assert usual == "April to June 2004"
    dated = {
        row["measure"]: row["period_words"] in str(cell[1])
        for row, cell in zip(rows, cells.plan(rows, request_.as_at), strict=True)
        if row["period_words"]
    }
    assert dated["vetting_in_date"] and not dated["review_on_time"]


def test_a_rate_on_its_target_that_may_miss_it_says_why(plans):
    (row,) = [row for row in plans["SCD2"] if row["measure"] == "review_on_time"]
    assert row["value"] == 1 and row["chance"] < 0.65  # 14 of 14, and could go either way
    assert row["foretold"].startswith("94 % foretold")
    # 12 of 12 and 93 % likely: foretold on the same side of the target
    (hostages,) = [row for row in plans["SCD7"] if row["measure"] == "hostages_recovered"]
    assert hostages["foretold"] is None


def test_better_than_usual_and_a_missed_target_have_a_word_between_them(plans, request_):
    rows = plans["SCD5"]
    said = dict(
        zip((row["measure"] for row in rows), cells.plan(rows, request_.as_at), strict=True)
    )
    assert "still short of its target" in str(said["vetting_in_date"][2])
    assert "still short" not in str(said["development_reviews_done"][2])  # may or may not meet it
    assert "still short" not in str(said["child_abuse_detection"][2])  # in its usual range
