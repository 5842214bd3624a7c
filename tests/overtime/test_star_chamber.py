"""The Star Chamber's decisions: budget moved to the penny, asked after at the next, as it stood."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import reports
from dashboard.errors import UsageError
from dashboard.reports.decisions import acts, budgets
from dashboard.reports.decisions import board as decisions
from dashboard.reports.overtime import board, decided
from dashboard.reports.overtime import moved as moves_of
from dashboard.reports.packs import contents
from dashboard.reports.spending.ledgers import ledger
from dashboard.reports.spending.outlook import outlook_of
from dashboard.words import numbers
from tests.decisions.conftest import at, written  # noqa: F401  (fixtures)
from tests.screens import screen

WHO = "Ann (typed, not signed in)"
OF = {"from": "star_chamber", "unit": "SCD7", "rule": None, "sentence": ""}


def said(request, *budgets, **changed):
    moves = [{"giver": "SCD1", "taker": "SCD7", "budget_gbp": gbp} for gbp in budgets]
    return {
        "raised_from": "star_chamber",
        "origin": OF,
        "what": "Surveillance of the two crews",
        "tactic": "budget_moved",
        "owner_unit": "SCD7",
        "owner_post": "Business manager",
        "due": date.fromordinal(request.meeting.toordinal() + 14),
        "moves": moves,
    } | changed


def moved(request, unit="SCD"):
    return decided.moved(request, ledger(request), unit).rows.to_pylist()


def test_budget_moved_shows_on_both_sides_to_the_penny(at):  # noqa: F811
    june, july = at("2004-06-28"), at("2004-07-12")
    acts.decide(june, WHO, said(june, "12,500.55", "£0.45"))
    rows = {row["unit_code"]: row for row in moved(july)}
    assert (rows["SCD1"]["moved_pence"], rows["SCD7"]["moved_pence"]) == (-1_250_100, 1_250_100)
    assert rows[""]["moved_said"] == "£0" and rows["SCD7"]["got_said"] == "£12,501"
    for row in rows.values():
        assert row["with_pence"] == row["budget_pence"] + row["moved_pence"]
        assert row["beyond_pence"] == row["forecast_pence"] - row["with_pence"]
    assert [row["unit_code"] for row in moved(july, "SCD7")] == ["SCD7"]
    assert moved(at("2004-06-14")) == []  # a meeting before knew nothing of it


def test_the_title_says_the_overspend_with_what_was_moved_as_the_table_has_it(at):  # noqa: F811
    june, july = at("2004-06-28"), at("2004-07-12")
    before = board.board(july, "SCD7").statement
    assert "moved" not in before
    acts.decide(june, WHO, said(june, "12,500.50"))
    (row,) = moved(july, "SCD7")
    with_it = f"or by {numbers.about_pounds(row['beyond_pence'])} with the £12,500 moved to it"
    for unit in ("SCD7", "SCD"):  # the directorate's title is of the unit that overspends most
        assert board.board(july, unit).statement == f"{before}, {with_it}"
    gave = next(row for row in moved(july) if row["unit_code"] == "SCD1")
    without = f"or by {numbers.about_pounds(gave['beyond_pence'])} without the £12,500 moved"
    assert without in board.board(july, "SCD1").statement
    acts.decide(june, WHO, said(june, "100,000.00"))  # more than it heads for beyond its budget
    assert board.board(july, "SCD7").statement.endswith(", which the £112,500 moved to it covers")


def test_a_move_and_its_reverse_cancel_and_one_withdrawn_is_gone(at):  # noqa: F811
    june = at("2004-06-28")
    row = acts.decide(june, WHO, said(june, "250.25"))
    back = [{"giver": "SCD7", "taker": "SCD1", "budget_gbp": "250.25"}]
    acts.decide(june, WHO, said(june, moves=back))
    assert {item["moved_pence"] for item in moved(june)} == {0}
    assert "moved" not in board.board(june, "SCD7").statement
    acts.withdraw(june, WHO, row["id"], 1, "not needed")
    assert [item["moved_said"] for item in moved(june)] == ["+£250", "−£250", "£0"]


def test_a_unit_is_asked_after_its_own_decisions_and_none_that_is_over(at):  # noqa: F811
    june, july = at("2004-06-28"), at("2004-07-12")
    moved_ = acts.decide(june, WHO, said(june, "100"))  # from SCD1 to SCD7
    of_8 = {"tactic": "explained", "owner_unit": "SCD8", "moves": []}
    told = acts.decide(june, WHO, said(june, **of_8))

    def asked(unit, request=july):
        return {item["id"] for item in decided.last_time(request, unit).rows.to_pylist()}

    assert asked("SCD") == asked(None) == {moved_["id"], told["id"]}
    assert asked("SCD7") == asked("SCD1") == {moved_["id"]} and asked("SCD8") == {told["id"]}
    assert asked("SCD5") == set() and decided.last_time(july, "SCD5").rows.num_rows == 0
    assert decided.here(june, "SCD5").rows.num_rows == 0 != decided.here(june, "SCD8").rows.num_rows
    acts.done(june, WHO, moved_["id"], 1)
    # Done in time and with no measure, no result of it is waited for.
    assert asked("SCD7") == set() and asked("SCD") == {told["id"]}


@pytest.mark.parametrize("gbp", ["-5", "1.005", "many", "0"])
def test_what_is_no_sum_is_refused(at, gbp):  # noqa: F811
    june = at("2004-06-28")
    with pytest.raises(UsageError):
        acts.decide(june, WHO, said(june, gbp))


def test_the_next_star_chamber_asks_after_it_and_the_tasking_meeting_does_not(at):  # noqa: F811
    june, july = at("2004-06-28"), at("2004-07-12")
    row = acts.decide(june, WHO, said(june, "100"))
    assert [item["id"] for item in decided.here(june).rows.to_pylist()] == [row["id"]]
    assert [item["id"] for item in decided.last_time(july).rows.to_pylist()] == [row["id"]]
    of_tasking = decisions.board(july, before_only=True, of=decisions.tasking).rows.to_pylist()
    assert of_tasking == [] and decisions.decided_here(june).rows.num_rows == 0
    first, *_, last = contents.pack(july, "star-chamber").sections
    parts = {part.name: part.shown.rows.to_pylist() for part in first.parts}
    assert [item["id"] for item in parts["decisions"]] == [row["id"]]
    assert [item["moved_said"] for item in parts["budget-moved"]] == [
        "−£100",
        "+£100",
        "£0",
    ]
    assert last.heading == "Decided" and not last.parts
    with pytest.raises(UsageError, match="tactic"):  # of money, not of tactics
        acts.decide(june, WHO, said(june, "100", tactic="hot_spots"))


def test_the_sample_moved_budget_and_waits_for_an_explanation(sample_data):
    july = reports.open_request(date(2004, 7, 12), None, sample_data)
    assert [row["moved_said"] for row in moved(july)] == ["−£12,500", "+£12,500", "£0"]
    live = decided.last_time(july).rows.to_pylist()
    assert [row["standing"] for row in live if row["state"] == "open"] == ["due at this meeting"]


def drawn(name, data, **params):
    """The words of a page; fails where anything went wrong."""
    page = screen(name, data, **params)
    page.run()
    assert not page.exception and not page.error
    return " ".join(element.proto.body for element in page.get("html"))


def test_its_page_and_the_decisions_open_whole(sample_data, monkeypatch):
    asked = {"as_at": "2004-07-12"}
    said = drawn("overtime", sample_data, **asked)
    assert (
        "What did we decide last time?" in said and "+£12,500" in said and "£12,500.5" not in said
    )
    # One that nobody has commented on, raised without an expected effect.
    bare = drawn("decisions", sample_data, decision="sample-claims-trident", **asked)
    assert "What was changed" in bare
    form = {"raise": "star_chamber", "unit": "SCD7", "rule": "double_claim"}
    assert "Double claim" in drawn("decisions", sample_data, **form, **asked)


@pytest.mark.parametrize("got", [0, 30_000_00])
def test_of_a_unit_that_may_keep_to_its_budget_only_the_move_is_said(at, monkeypatch, got):  # noqa: F811
    request = at("2004-07-12")
    monkeypatch.setattr(budgets, "sides", lambda *_: {"SCD5": (0, got)})
    said = moves_of.beside(request, ledger(request), outlook_of(ledger(request), "SCD5"), False)
    assert said == (", without the £30,000 moved to it" if got else "")
