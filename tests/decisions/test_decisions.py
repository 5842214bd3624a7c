"""Raised, changed, closed, judged and read back: what stands in the store at which meeting."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dashboard import snapshots
from dashboard.access.roles import look_as
from dashboard.decisions import book, reading
from dashboard.errors import ContentError, NotAllowedError, UsageError
from dashboard.reports.decisions import acts, board, on_chart, one, transfer
from dashboard.reports.decisions import decision_words as words
from dashboard.reports.request import Request
from dashboard.store import ConflictError
from tests.decisions.conftest import CAMDEN, HACKNEY, ISLINGTON, said

ROBBERY = "commercial_robbery"
WHO = "Ann (typed, not signed in)"


def listed(request, **options):
    return board.board(request, **options).rows.to_pylist()


def test_raised_at_one_meeting_it_is_asked_after_at_the_next(at):
    june, july = at("2004-06-28"), at("2004-07-12")
    row = acts.decide(june, WHO, said(june))
    assert listed(june, before_only=True) == []
    assert [item["id"] for item in listed(july, before_only=True)] == [row["id"]]
    assert [item["id"] for item in board.decided_here(june).rows.to_pylist()] == [row["id"]]
    assert listed(at("2004-06-14")) == []  # a meeting before it knows nothing of it


def test_a_past_meeting_shows_it_as_it_stood(at):
    june, july = at("2004-06-28"), at("2004-07-12")
    row = acts.decide(june, WHO, said(june))
    acts.done(july, "Bob", row["id"], 1)
    acts.comment(july, "Bob", row["id"], "Six arrests")
    assert listed(june)[0]["state"] == "open" and listed(june)[0]["comments"] == 0
    assert listed(july)[0]["state"] == "done" and listed(july)[0]["comments"] == 1
    # What a later meeting has changed can be read there, not changed.
    with pytest.raises(UsageError, match="later meeting"):
        acts.change(june, WHO, row["id"], 2, {"owner_post": "Commander"})


def test_overdue_comes_first_and_is_carried(at):
    may, july = at("2004-05-17"), at("2004-07-12")
    late = acts.decide(may, WHO, said(may, measure=None))
    acts.decide(july, WHO, said(july, measure=None))
    first = listed(july)[0]
    assert (first["id"], first["overdue"], first["carried"]) == (late["id"], True, 3)
    assert board.board(july).title == "2 decisions: 1 overdue, 1 open"


def stood(state, verdict="", late=False, new=False, live=True):
    return words.Standing(state, live, late, new, verdict, False)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        # One of each: who counts the rows comes to every number, and to their sum.
        (
            [
                stood("open", late=True),
                stood("open"),
                stood("open"),
                stood("done"),
                stood("done", live=False),  # expects nothing of a count: waits for nothing
                stood("known", "worked", live=False),
                stood("known", "did_not", new=True, live=False),
                stood("withdrawn", live=False),
            ],
            "8 decisions: 1 overdue, 2 open, 1 done and waiting for its judgement, 1 done,"
            " 1 judged before, 1 withdrawn; new result: 1 with the effect not seen",
        ),
        ([stood("done"), stood("done")], "2 decisions: 2 done and waiting for their judgement"),
        ([stood("known", "never", new=True)], "1 decision: new result: 1 can't be told"),
        ([], "Nothing was decided before"),
    ],
)
def test_the_title_counts_the_rows_by_how_they_stand(rows, title):
    assert words.title(rows) == title


def test_what_expects_nothing_is_over_once_its_end_was_told(at):
    june, july, later = at("2004-06-14"), at("2004-06-28"), at("2004-07-12")
    plain, sealed = (acts.decide(june, WHO, said(june, measure=name)) for name in (None, ROBBERY))
    for row in (plain, sealed):
        acts.done(july, WHO, row["id"], 1)
    asked = {"before_only": True, "live_only": True}
    assert {row["id"] for row in listed(july, **asked)} == {plain["id"], sealed["id"]}
    assert [row["id"] for row in listed(later, **asked)] == [sealed["id"]]
    title = "1 earlier decision: 1 done and waiting for its judgement"
    assert board.board(later, **asked).title == title


def test_a_units_list_has_what_it_owns_gives_to_or_takes_from(at):
    july = at("2004-07-12")
    lent = {"giver": "SCD8", "taker": "SCD1", "officers": 2, "hours": "10", "category": "planned"}
    own = acts.decide(july, WHO, said(july, measure=None))
    moved = acts.decide(july, WHO, said(july, measure=None, owner_unit="SCD5", moves=[lent]))
    assert [row["id"] for row in listed(july, unit="SCD7")] == [own["id"]]
    for unit in ("SCD5", "SCD8", "SCD1"):
        assert [row["id"] for row in listed(july, unit=unit)] == [moved["id"]]
    assert listed(july, unit="SCD6") == [] and len(listed(july)) == 2
    assert "2 officers and 10 hours lent from SCD8 to SCD1" in listed(july, unit="SCD8")[0]["moved"]
    assert "no budget moves with them" in listed(july, unit="SCD8")[0]["moved"]


def test_the_second_writer_is_told_what_changed_and_loses_nothing(at):
    june = at("2004-06-28")
    row = acts.decide(june, "Ann", said(june))
    acts.change(june, "Ann", row["id"], 1, {"owner_post": "Commander"})
    with pytest.raises(ConflictError) as told:
        acts.change(june, "Bob", row["id"], 1, {"what": "Cameras"})
    assert set(told.value.changed) == {"owner_post"} and told.value.wanted == {"what": "Cameras"}
    saved = acts.change(june, "Bob", row["id"], told.value.now["version"], told.value.wanted)
    assert (saved["what"], saved["owner_post"]) == ("Cameras", "Commander")


def test_what_was_sealed_can_not_be_chosen_afterwards(at):
    june = at("2004-06-28")
    row = acts.decide(june, WHO, said(june))
    for values in ({"ratio": 0.9}, {"sure": 90}, {"boroughs": []}, {"horizon": 9}):
        with pytest.raises(UsageError, match="sealed"):
            acts.change(june, WHO, row["id"], 1, values)
    sealed = one.decision_of(june, row["id"]).sealed
    touching = {code for code in june.catalogue.neighbours(CAMDEN)}
    assert sealed["treated"] == [CAMDEN]
    assert not set(sealed["compared"]) & ({CAMDEN} | touching)
    assert set(sealed["touching"]) <= touching


def test_boroughs_of_another_live_decision_are_no_comparison(at):
    june = at("2004-06-28")
    acts.decide(june, WHO, said(june, boroughs=[HACKNEY]))
    row = acts.decide(june, WHO, said(june, boroughs=["E09000006"]))
    assert HACKNEY not in one.decision_of(june, row["id"]).sealed["compared"]


def test_states_follow_each_other_and_a_withdrawal_has_its_reason(at):
    june = at("2004-06-28")
    row = acts.decide(june, WHO, said(june))
    with pytest.raises(UsageError, match="why"):
        acts.withdraw(june, WHO, row["id"], 1, " ")
    acts.withdraw(june, WHO, row["id"], 1, "the gang was arrested in Kent")
    assert listed(june)[0]["standing"] == "withdrawn"
    with pytest.raises(UsageError, match="can't become"):
        acts.done(june, WHO, row["id"], 2)
    assert listed(at("2004-07-12"), live_only=True) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"what": " "}, "what is decided"),
        ({"tactic": "magic"}, "tactic"),
        ({"due": date(2004, 6, 29)}, "later meeting"),
        ({"due": date(2004, 7, 14)}, "grid date"),
        ({"ratio": 1}, "fall or a rise"),
        ({"sure": 101}, "0 to 100"),
        ({"horizon": 0}, "fortnights"),
    ],
)
def test_what_lacks_or_can_not_be_is_said(at, changed, words):
    june = at("2004-06-28")
    with pytest.raises(UsageError, match=words):
        acts.decide(june, WHO, said(june, **changed))
    assert listed(june) == []


def test_who_may_not_decide_is_refused(at):
    june = at("2004-06-28")
    viewer = Request(june.snapshot, june.data, look_as("analyst"))
    with pytest.raises(NotAllowedError):
        acts.decide(viewer, WHO, said(june))


def test_it_is_judged_once_at_its_horizon_by_what_was_sealed(at, written):
    may, july = at("2004-05-31"), at("2004-07-12")
    row = acts.decide(may, WHO, said(may, boroughs=[CAMDEN, HACKNEY, ISLINGTON], horizon=3))
    assert acts.judge_due(july) == []  # nobody said that it was done
    acts.done(at("2004-06-14"), WHO, row["id"], 1)
    assert acts.judge_due(at("2004-06-28")) == []  # its horizon is not over
    assert acts.judge_due(july) == [row["id"]]
    assert acts.judge_due(july) == []
    shown = one.decision_of(july, row["id"])
    # The planted rise of July fell into the horizon: no halving there.
    assert shown.judged["verdict"] == "did_not"
    assert shown.row["result"].startswith("No halving seen: ") and "%" not in shown.row["result"]
    after = [item for item in shown.course.rows.to_pylist() if item["phase"] == "after"]
    assert sum(item["n"] for item in after) == shown.judged["treated"]
    assert listed(at("2004-06-28"))[0]["state"] == "done"
    assert snapshots.get(written, date(2004, 7, 12)).id in book.sealed_snapshots(written)


def test_prune_spares_what_a_decision_was_sealed_on(at, written, monkeypatch):
    june = at("2004-06-28")
    acts.decide(june, WHO, said(june))
    assert june.snapshot.id in book.sealed_snapshots(written)
    newer = dict(june.snapshot.manifest)
    assert newer["id"] == june.snapshot.id  # of one as-at there may be several: the named one stays
    from typer.testing import CliRunner

    from dashboard.__main__ import app

    kept = {}
    monkeypatch.setattr(snapshots, "prune", lambda data, keep: kept.update(keep=keep) or [])
    assert CliRunner().invoke(app, ["snapshots", "prune", "--data", str(written)]).exit_code == 0
    assert june.snapshot.id in kept["keep"]


def test_out_and_in_again_is_the_same(at, written, tmp_path):
    may, july = at("2004-05-31"), at("2004-07-12")
    row = acts.decide(may, WHO, said(may, moves=[
        {"giver": "SCD1", "taker": "SCD7", "officers": 2, "hours": "8", "category": "planned"}
    ]))  # fmt: skip
    acts.done(at("2004-06-14"), WHO, row["id"], 1)
    acts.comment(at("2004-06-14"), "Bob", row["id"], "Two arrests")
    acts.judge_due(july)
    first = transfer.exported(written)
    other = tmp_path / "other"
    other.mkdir()
    (other / "snapshots").symlink_to(written / "snapshots")
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps(first), "utf-8")
    assert transfer.imported(other, transfer.entries_of(file)) == 1
    assert transfer.imported(other, transfer.entries_of(file)) == 0
    assert transfer.exported(other) == first
    with pytest.raises(ContentError):
        file.write_text("{}", "utf-8")
        transfer.entries_of(file)


def test_whatever_is_written_is_in_the_next_list(at, written):
    """What was read is kept until the next line of the history, of whichever meeting."""
    june, july = at("2004-06-28"), at("2004-07-12")

    def seen():
        return [
            [(row["what"], row["state"], row["comments"]) for row in listed(request)]
            for request in (june, july)
        ]

    row = acts.decide(june, WHO, said(june, what="Vans"))
    assert seen() == [[("Vans", "open", 0)]] * 2
    acts.comment(june, "Bob", row["id"], "Six arrests")
    assert seen() == [[("Vans", "open", 1)]] * 2
    acts.comment(july, "Bob", row["id"], "Two more")
    acts.change(june, "Bob", row["id"], 1, {"what": "Cars"})
    assert seen() == [[("Cars", "open", 1)], [("Cars", "open", 2)]]
    acts.done(july, "Bob", row["id"], 2)
    assert seen() == [[("Cars", "open", 1)], [("Cars", "done", 2)]]
    comments = [item.words for item in one.decision_of(july, row["id"]).comments]
    assert comments == ["Six arrests", "Two more"]


def test_more_decisions_than_one_question_takes_are_read_in_their_order(at, monkeypatch):
    june = at("2004-06-28")
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    ids = [acts.decide(june, WHO, said(june, measure=None))["id"] for _ in range(5)]
    for number, key in enumerate(ids):
        acts.comment(june, "Bob", key, f"Word {number}")
    held = board.book_of(june)
    by_id = {head.id: head for head in held.heads}
    assert [row["id"] for row in held.rows(by_id[key] for key in reversed(ids))] == ids[::-1]
    whole = held.whole(held.heads)
    assert whole.comments == dict.fromkeys(ids, 1)
    assert [item["words"] for item in held.said(ids)] == [f"Word {n}" for n in range(5)]


def test_an_alert_of_one_measure_with_an_effect_on_another_is_on_both_charts(at):
    june = at("2004-06-28")
    origin = {"measure": "personal_robbery", "unit": "SCD7"}
    acts.decide(june, WHO, said(june, raised_from="alert", origin=origin))
    held = board.book_of(june)
    for measure in ("personal_robbery", said(june)["measure"]):
        assert on_chart.event_rows(june, measure, "SCD7").rows.num_rows == 1
    assert [head.about for head in held.heads] == ["personal_robbery"]
    # Changed at a later meeting, this one still reads it from its history.
    acts.done(at("2004-07-12"), WHO, held.heads[0].id, 1)
    assert board.book_of(june).heads == held.heads
