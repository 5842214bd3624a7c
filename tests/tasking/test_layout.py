"""Where the sections of the tasking page stand, on the sample and where little is loaded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard import reports
from dashboard.errors import NotFoundError
from dashboard.reports.decisions import bar_words
from dashboard.reports.tasking import fitness, problems, where
from dashboard.ui.tasking import layout
from dashboard.ui.tasking.layout import BELOW, LEFT, MORE, RIGHT, Part
from tests.screens import screen


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def parts(*names):
    """The page's parts, of which those named have news."""
    return [
        Part(name, number, place, name in names, f"no {name}")
        for name, number, place, _ in layout.PARTS
    ]


def test_the_sample_has_every_section_in_the_meetings_order(request_):
    laid = layout.layout(request_)
    assert (laid.left, laid.right, laid.below, laid.quiet) == (
        ("decided", "beyond", "rare"),
        ("pressure", "coming"),
        ("plan",),
        (),
    )


def test_where_nothing_leads_the_plan_does_and_the_silent_are_said_among_the_data():
    laid = layout.arranged(parts("rare", "plan"))
    assert (laid.left, laid.right, laid.below) == (("plan", "rare"), (), ())
    assert laid.quiet == ("no decided", "no beyond", "no pressure", "no coming")


def test_without_a_right_column_the_plan_stands_in_the_left_one():
    laid = layout.arranged(parts("decided", "rare", "plan"))
    assert (laid.left, laid.right, laid.below) == (("decided", "plan", "rare"), (), ())


@pytest.mark.parametrize(
    "news",
    [[name for name, *_ in layout.PARTS], ["coming", "rare"], ["decided", "rare", "plan"], []],
)
def test_each_number_stands_once_in_reading_order_and_the_first_of_a_part_bears_it(news):
    laid = layout.arranged(parts(*news))
    shown = (*laid.left, *laid.right, *laid.below)
    own = {name: number for name, number, *_ in layout.PARTS}
    borne = [laid.numbers[name] for name in shown if name in laid.numbers]
    assert len(set(borne)) == len(borne) and set(borne) == {own[name] for name in shown}
    assert all(laid.numbers[name] == own[name] for name in laid.numbers)
    assert borne == sorted(borne) or "rare" in laid.numbers


def test_a_section_that_fails_has_its_place_to_say_so(request_, monkeypatch):
    def fails(request):
        raise NotFoundError("query", "pressure", ())

    monkeypatch.setattr(
        layout, "PARTS", (("pressure", 3, RIGHT, fails), ("decided", 1, LEFT, fails))
    )
    assert layout.layout(request_).right == ("pressure",)


def test_every_part_has_a_place_that_is_known():
    assert {place for *_, place, _ in layout.PARTS} == {LEFT, RIGHT, BELOW, MORE}


def test_data_that_reach_the_meeting_are_one_line_and_what_is_late_opens(request_, monkeypatch):
    assert not fitness.unfit(request_)
    # what waits for somebody is the news, that nothing is late follows
    assert fitness.statement(request_) == (
        "2,287 faults on reports wait to be put right and 2 returns are not signed;"
        " the figures reach the fortnight of this meeting"
    )
    late = fitness.strip(request_)
    row = {"label": fitness.BEHIND, "value": "1 of 9 measures", "detail": ""}
    behind = type("Window", (), {"rows": late.rows.from_pylist([row], late.rows.schema)})
    monkeypatch.setattr(fitness, "strip", lambda request: behind)
    assert fitness.unfit(request_)


def test_the_map_names_every_borough_and_marks_those_of_problems(request_):
    listed = problems.problems(request_)
    tiles = {
        row["figure"]: row["state"]
        for row in where.of_list(request_, listed, "Where").rows.to_pylist()
    }
    marked = {request_.catalogue.areas[code].short for item in listed for code in item.boroughs}
    assert {name for name, state in tiles.items() if state == "alert"} == marked
    assert "" not in tiles and len(tiles) == 33  # 32 boroughs and the City
    near = {
        request_.catalogue.areas[code].short
        for item in listed
        for one in item.boroughs
        for code in request_.catalogue.neighbours(one)
    }
    assert {name for name, state in tiles.items() if state == "raised"} <= near


def test_the_map_says_of_which_kind_each_marked_tile_is(request_):
    listed = problems.problems(request_)
    kinds = list(where.kinds(listed))
    assert len(kinds) == 2
    for made in (where.of_list, where.of_all):
        tiles = {row["code"]: row for row in made(request_, listed, "Where").rows.to_pylist()}
        for item in listed:
            at = kinds.index(item.row["measure"]) + 1
            assert {tiles[code]["kind"] for code in item.boroughs} == {at}
            assert {tiles[code]["mark"] for code in item.boroughs} == {str(at)}
        marks = {row["mark"] for row in tiles.values() if row["state"] != where.ALERT}
        assert marks <= {""}
    assert [said.split(" ", 1)[1] for said in where.numbered(listed)] == [
        item.row["name"] for item in listed
    ]
    # One kind needs no number; a borough of two has both.
    (first, second) = listed
    alone = where.of_list(request_, [first], "Where").rows.to_pylist()
    assert {row["mark"] for row in alone} == {""} and where.numbered([first]) == []
    both = replace(second, row=second.row | {"boroughs": [*first.boroughs, *second.boroughs]})
    tiles = where.of_list(request_, [first, both], "Where").rows.to_pylist()
    assert {row["mark"] for row in tiles if row["code"] in first.boroughs} == {"1 2"}


def test_problems_are_counted_in_a_statement(request_):
    first, second = problems.problems(request_)
    assert problems.counted([first, second]) == "2 problems are beyond expectation, both new"
    assert problems.counted([first]) == "1 problem is beyond expectation, new this meeting"
    old = problems.of_row(request_, second.row | {"times_seen": 3})
    assert problems.counted([first, old]) == "2 problems are beyond expectation, 1 new"
    assert problems.counted([]) == ""


def test_a_result_lies_against_what_would_have_come():
    row = {"verdict": "did_not", "came": 37.0, "low": 18.0, "high": 49.0, "aim": 16.1}
    bar = bar_words.bar(row)
    assert (bar["tone"], bar["bar"], bar["low"], bar["high"], bar["mark"]) == (
        *("bad", 37.0, 18.0, 49.0, 16.1),
    )
    assert bar["end"] > 49.0


def test_the_page_draws_its_sections_by_number_with_a_statement_each(sample_data):
    page = screen("tasking", sample_data)
    page.query_params["as_at"] = "2004-07-12"
    page.run()
    assert not page.exception
    said = "\n".join(item.proto.body for item in page.get("html"))
    titles = re.findall(
        r'<h2 class="cardtitle">(?:<span class="part">Part (\d)</span> )?(.+?)</h2>', said
    )
    assert [number for number, _ in titles if number] == list("123456") and len(titles) == 8
    assert not any("?" in title for _, title in titles)
