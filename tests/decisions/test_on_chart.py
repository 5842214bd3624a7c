"""The decisions on the chart of a measure: which, and as they stood at which meeting."""

from __future__ import annotations

from dataclasses import replace

from dashboard.reports.decisions import acts, board, on_chart
from tests.decisions.conftest import CAMDEN, HACKNEY, said

ROBBERY, OWNER = "commercial_robbery", "SCD7"


def kinds(request, unit=OWNER, boroughs=()):
    return [
        row["kind"]
        for row in on_chart.event_rows(request, ROBBERY, unit, boroughs).rows.to_pylist()
    ]


def test_it_is_marked_as_it_stood_at_each_meeting(at):
    before, june, july = at("2004-06-14"), at("2004-06-28"), at("2004-07-12")
    row = acts.decide(june, "Ann", said(june))
    acts.done(july, "Ann", row["id"], 1)
    assert (kinds(before), kinds(june), kinds(july)) == ([], ["decided"], ["decided", "done"])
    assert {row["label"] for row in on_chart.event_rows(july, ROBBERY, OWNER).rows.to_pylist()} == {
        "decided 29 Jun, done"
    }


def test_it_belongs_to_its_measure_its_boroughs_and_the_units_in_its_line(at):
    june = at("2004-06-28")
    acts.decide(june, "Ann", said(june))
    assert kinds(june, boroughs=[CAMDEN, HACKNEY]) == kinds(june, "MPS") == ["decided"]
    assert kinds(june, boroughs=[HACKNEY]) == kinds(june, "SCD8") == []
    assert on_chart.event_rows(june, "gun_crime", OWNER).rows.num_rows == 0


def test_a_result_is_marked_and_many_are_said_to_be_left_out(at):
    may, july = at("2004-05-17"), at("2004-07-12")
    row = acts.decide(may, "Ann", said(may))
    acts.done(at("2004-05-31"), "Ann", row["id"], 1)
    assert acts.judge_due(july) == [row["id"]]
    found = on_chart.event_rows(july, ROBBERY, OWNER)
    assert [item["kind"] for item in found.rows.to_pylist()] == ["decided", "done", "result"]
    assert not found.plain_notes
    for _ in range(on_chart.MOST):  # later, and withdrawn: the judged one keeps its place
        gone = acts.decide(july, "Ann", said(july, measure=None, origin={"measure": ROBBERY}))
        acts.withdraw(july, "Ann", gone["id"], 1, "raised twice")
    some = on_chart.event_rows(july, ROBBERY, OWNER)
    marked = some.rows["decision"].to_pylist()
    assert row["id"] == marked[0] and len(set(marked)) == on_chart.MOST
    assert some.plain_notes
    for _ in range(on_chart.MOST):
        acts.decide(july, "Ann", said(july))
    many = on_chart.event_rows(july, ROBBERY, OWNER)
    assert len(set(many.rows["decision"].to_pylist())) == on_chart.MOST and many.plain_notes


def test_on_the_measure_what_worked_elsewhere_is_told_beside_what_failed(at, monkeypatch):
    """Written by hand into the heads: which of the verdicts comes is no matter here."""
    may, july = at("2004-05-17"), at("2004-07-12")
    made = {
        name: acts.decide(may, "Ann", said(may, what=name, boroughs=[HACKNEY]))["id"]
        for name in ("Worked there", "Failed there", "Open there")
    }
    near = acts.decide(may, "Ann", said(may, what="Open here"))["id"]
    verdicts = {made["Worked there"]: "worked", made["Failed there"]: "did_not"}
    book = board.book_of(july)
    heads = tuple(
        head._replace(
            verdict=verdicts.get(head.id), state="known" if head.id in verdicts else "open"
        )
        for head in book.heads
    )
    monkeypatch.setattr(board, "book_of", lambda _: replace(book, heads=heads))
    listed = on_chart.tried(july, ROBBERY, [CAMDEN]).rows["id"].to_pylist()
    assert set(listed[:2]) == set(verdicts) and listed[2:] == [near, made["Open there"]]
    told = on_chart.came_of(july, ROBBERY, [CAMDEN])
    assert told.count("decided 18 May") == 2  # what worked and what did not; the form says which
    assert told.endswith(", and 2 more")
