"""The form of a decision: what it opens on, what stands beside it, and what it says at once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import snapshots
from dashboard.decisions import fields
from dashboard.errors import UsageError
from dashboard.reports.decisions import acts, board, on_chart, prospects
from dashboard.reports.packs import meeting as pack
from dashboard.reports.packs.block import Asked
from dashboard.reports.request import meetings
from dashboard.reports.tasking import agenda, problems, to_decide
from dashboard.ui.decisions import cells
from dashboard.ui.tasking import alert_cells, wall
from tests.decisions.conftest import CAMDEN, HACKNEY, said
from tests.screens import screen

BRENT = "E09000005"
MAY, JULY = "2004-05-17", "2004-07-12"


@pytest.fixture
def opened(written):
    """The decisions page of July at an address."""

    def run(**params: str) -> AppTest:
        page = screen("decisions", written, **{"as_at": JULY, **params})
        page.run()
        assert not page.exception
        return page

    return run


def words(page: AppTest) -> str:
    return "\n".join(item.proto.body for item in page.get("html"))


def faults(page: AppTest) -> list[str]:
    return re.findall(r'<p class="fault" role="alert">(.*?)</p>', words(page))


SHOOTINGS = {"raise": "alert", "measure": "shootings", "unit": "MPS", "borough": BRENT}


def test_all_that_lacks_is_said_at_once(at, opened):
    blank = said(at(JULY), what=" ", owner_unit="", owner_post=None)
    with pytest.raises(UsageError, match="what is decided, which unit .* and the post that owns"):
        acts.decide(at(JULY), "Ann", blank)
    assert fields.missing(said(at(JULY))) == []
    page = opened(**SHOOTINGS)
    next(item for item in page.button if item.label == "Save the decision").click().run()
    assert faults(page)[-1] == "Say what is decided, the post that owns it and your name."


def test_an_effect_that_never_shows_is_said_where_it_is_saved(at, opened):
    july = at(JULY)
    rare = prospects.prospect(july, "shootings", "SCD8", (BRENT,), 0.5, 6)
    often = prospects.prospect(july, "commercial_robbery", "SCD7", (), 0.5, 6)
    assert rare.sealed and not rare.shows and often.shows
    (told,) = faults(opened(**SHOOTINGS))
    assert "within a year" in told
    whole = {"raise": "target", "measure": "commercial_robbery", "unit": "SCD7"}
    assert faults(opened(**whole)) == []


def test_what_was_tried_on_the_measure_there_stands_beside_it(at, opened):
    may = at(MAY)
    acts.decide(may, "Ann", said(may, what="Patrols in Camden"))
    acts.decide(may, "Ann", said(may, what="Patrols in Hackney", boroughs=[HACKNEY]))
    found = on_chart.tried(at(JULY), "commercial_robbery", [CAMDEN])
    # That of the measure in another place too, after the one that is near.
    assert [row["what"] for row in found.rows.to_pylist()] == [
        "Patrols in Camden",
        "Patrols in Hackney",
    ]
    of_camden = {"raise": "alert", "measure": "commercial_robbery", "borough": CAMDEN}
    shown = words(opened(**of_camden))
    assert "Patrols in Camden" in shown and "Patrols in Hackney" in shown
    assert "Nothing was decided on shootings before" in words(opened(**SHOOTINGS))


def test_what_was_tried_is_of_the_kind_and_of_boroughs_that_touch(at):
    may, july = at(MAY), at(JULY)
    of_guns = {"measure": "trident_nonfatal_shootings", "owner_unit": "SCD8"}
    acts.decide(may, "Ann", said(may, what="Trident in Brent", boroughs=[BRENT], **of_guns))
    acts.decide(may, "Ann", said(may, what="Trident in Hackney", boroughs=[HACKNEY], **of_guns))
    acts.decide(may, "Ann", said(may, what="Robbery in Brent", boroughs=[BRENT]))

    def tried(*boroughs):
        found = on_chart.tried(july, "shootings", boroughs)
        return sorted(row["what"] for row in found.rows.to_pylist())

    # The priority has both measures; Camden touches Brent, and Hackney does not.
    assert tried(BRENT) == tried(CAMDEN) == ["Trident in Brent"]
    assert tried(HACKNEY) == ["Trident in Hackney"]
    assert on_chart.came_of(july, "shootings", [CAMDEN]).startswith("tried before: Trident in Bre")
    # What this very meeting decides was not tried before.
    assert on_chart.came_of(may, "shootings", [BRENT]) == ""


def test_a_form_that_is_come_back_to_opens_on_what_was_typed(opened):
    page = opened(**SHOOTINGS)
    (move,) = (item for item in page.button if item.label.startswith("Move officers"))
    move.click().run()
    next(item for item in page.number_input if item.label == "Change in %").set_value(-40).run()
    again = opened(**SHOOTINGS)  # another session finds the draft, with the row of the move
    next(item for item in again.number_input if item.label == "Change in %").set_value(-30).run()
    assert "what you had typed" in words(again) and "Something went wrong" not in words(again)
    assert any(item.label == "Save the decision" for item in again.button)
    # Streamlit refuses a button's state that a draft would put back.
    (save,) = (item for item in again.button if item.label == "Save the decision")
    assert save.key.startswith("press-")


def test_a_move_goes_to_the_owner_and_its_lender_is_chosen_and_looked_at(opened):
    page = opened(**SHOOTINGS)
    next(item for item in page.button if item.label.startswith("Move officers")).click().run()
    lender, taker = (
        next(item for item in page.selectbox if item.label == label) for label in ("From", "To")
    )
    assert (lender.value, taker.value) == ("", "SCD8")
    next(item for item in page.button if item.label == "Save the decision").click().run()
    assert "which unit lends" in faults(page)[-1]
    lender = next(item for item in page.selectbox if item.label == "From")
    lender.set_value("SCD7").run()
    (said_of,) = (line for line in faults(page) if "SCD7" in line)
    assert "1 alert" in said_of and "over its overtime profile" in said_of
    lender.set_value("SCD6").run()
    assert not any("SCD6" in line for line in faults(page))


def test_the_units_that_the_headline_names_are_listed_after_the_forms_own():
    def unit(code: str, called: str) -> cells.Spare:
        return {
            **{"unit_code": code, "unit_name": code, "posts_words": "", "overtime_words": ""},
            **{"open_now": None, "per_post": None, "alerts": 0, "called": called, "strain": ""},
            **{"place": None, "reason": ""},
        }

    able = [unit("A", "with room"), unit("B", ""), unit("C", "over its profile"), unit("D", "")]
    first = [
        re.findall(r"<b>(.)</b>|<strong>(.)</strong>", row[0])[0]
        for row in cells.spare(able, ["D"])
    ]
    assert ["".join(codes) for codes in first] == ["D", "A", "C"]


def test_a_matter_of_several_targets_asks_which_and_one_of_capacity_is_named(at, opened):
    targets = to_decide.matter(at(JULY), to_decide.TARGETS)
    page = opened(**{"raise": "target", "matter": "targets", "item": "closing"})
    shown = words(page)
    assert not page.text_area  # no form of one of them alone
    assert all(f"measure={measure}" in shown for measure in targets.among)
    assert 'href="meeting?' in shown and "item=closing" in shown
    capacity = words(opened(**{"raise": "hand", "matter": "capacity"}))
    assert to_decide.matter(at(JULY), to_decide.CAPACITY).words in capacity
    assert "Back to the wall" not in capacity


def test_a_decision_leads_back_to_the_item_of_the_wall(at, opened):
    july = at(JULY)
    made = acts.decide(july, "Ann", said(july))["id"]
    shown = words(opened(decision=made, item="alert-2", agenda="tasking"))
    (way,) = re.findall(r'href="(meeting[^"]+)"', shown)
    assert "item=alert-2" in way and "agenda=tasking" in way


def test_while_meetings_are_still_published_nothing_is_said_to_be_none(at, written):
    july = at(JULY)
    assert board.board(july, before_only=True).title == "Nothing was decided before"
    snapshots.begin(written, [date(2004, 5, 3), date(2004, 7, 12), date(2004, 6, 29)])
    said_of = "not yet known, 1 meeting is still being published"  # the 29th has no snapshot
    assert meetings.awaited(july) == said_of
    assert board.board(july, before_only=True).title == f"What was decided before is {said_of}"


def test_a_title_says_of_which_decisions_it_is(at):
    may, july = at(MAY), at(JULY)
    acts.decide(may, "Ann", said(may))
    acts.decide(july, "Ann", said(july))
    earlier = board.board(july, before_only=True, of=board.tasking)
    assert earlier.title == "1 earlier tasking decision: 1 overdue"
    assert board.board(july).title == "2 decisions: 1 overdue, 1 open"


def test_an_alert_that_is_decided_on_leads_to_what_was_decided_everywhere(at):
    july = at(JULY)
    robbery, shootings = problems.problems(july)
    made = acts.decide(july, "Ann", said(july, what="Patrols in Camden"))
    of_robbery, of_shootings = (
        str(row[0]) for row in alert_cells.alerts(july, [robbery, shootings])
    )
    assert f"decision={made['id']}" in of_robbery and "decided 13 Jul" in of_robbery
    assert "Decide" not in of_robbery and "Decide" in of_shootings
    items = agenda.agenda(july)
    first, second = (str(way) for way in wall.ways(july, items) if "Open in" in way)
    assert f"decision={made['id']}" in first and "raise=" not in first and "raise=" in second
    acts.withdraw(july, "Ann", made["id"], made["version"], "A mistake")
    assert "Decide" in str(alert_cells.alerts(july, [robbery])[0][0])


def test_the_tasking_pack_names_what_was_decided_at_its_meeting(at):
    july = at(JULY)
    acts.decide(july, "Ann", said(july, what="Patrols in Camden"))
    sentences, tables = [], []
    for part in pack.decide(Asked(july)):
        (sentences if isinstance(part, str) else tables).append(part)
    assert "1 decision made at this meeting" in tables[0].shown.title
    assert not any(line.startswith("1. Commercial robbery") for line in sentences)
    assert tables[0].shown.rows.column("what").to_pylist() == ["Patrols in Camden"]
