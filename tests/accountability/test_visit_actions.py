"""What is to be done after a visit is a decision like any, and comes back before the next visit."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.access import look_as
from dashboard.errors import NotFoundError
from dashboard.reports import open_request
from dashboard.reports.accountability import overdue, visits
from dashboard.reports.decisions import acts, transfer
from dashboard.reports.decisions import visits as of_visits
from dashboard.reports.packs import contents
from tests.screens import screen

VISITS = """visit_ref,unit_code,kind,planned_on,held_on,lead_post
V1,SCD7,dac,2004-05-05,2004-05-06,DAC
V2,SCD7(2),command_team,2004-07-20,,Commander
V3,SCD8,dac,2004-05-05,2004-05-06,DAC
"""


@pytest.fixture
def at(folder):
    folder.load("visits", VISITS, "2004-06-01")

    def opened(as_at="2004-06-14", **more):
        if not (folder.data / "snapshots" / as_at).exists():
            folder.publish(as_at)
        return open_request(date.fromisoformat(as_at), None, folder.data, **more)

    opened.folder = folder
    return opened


def act(request, ref="V1", what="Vet the new posts", due=date(2004, 6, 29)):
    origin = of_visits.origin(request, ref)
    said = {
        "raised_from": of_visits.RAISED_FROM, "origin": origin, "what": what,
        "tactic": "prevention", "owner_unit": "SCD7", "owner_post": "Superintendent", "due": due,
    }  # fmt: skip
    return acts.decide(request, "DAC", said)


def counted(request) -> dict[str, tuple[int, int]]:
    rows = visits.visits(request, "SCD").rows.to_pylist()
    return {row["visit_ref"]: (row["actions"], row["actions_open"]) for row in rows}


def test_an_action_stands_with_its_visit_and_is_overdue_like_a_decision(at):
    june = at()
    row = act(june)
    assert row["origin"]["unit"] == "SCD7" and "held 6 May 2004" in row["origin"]["sentence"]
    assert counted(june) == {"V1": (1, 1), "V2": (0, 0), "V3": (0, 0)}
    july = at("2004-07-12")
    late = [item for item in overdue.listed(july, "SCD7").rows.to_pylist()]
    assert [(item["item"], item["description"]) for item in late] == [
        ("decision", "Vet the new posts")
    ]
    acts.done(july, "DAC", row["id"], row["version"])
    assert counted(july)["V1"] == (1, 0) and counted(june)["V1"] == (1, 1)


def test_the_visit_pack_brings_the_actions_of_the_last_visit_and_what_is_open(at):
    june = at()
    done = act(june, what="Done long ago")
    act(june, what="Still open", due=date(2004, 9, 7))
    act(june, "V3", what="Of another unit")
    acts.done(june, "DAC", done["id"], done["version"])
    july = at("2004-07-12")
    act(july, what="Said last", due=date(2004, 9, 7))
    pack = contents.pack(july, "unit", unit="SCD7")
    (part,) = [item for item in pack.parts if item.name == "visit-actions"]
    said = part.shown.rows.column("what").to_pylist()
    assert sorted(said) == ["Said last", "Still open"]
    assert part.shown.title == "2 actions of visits, none overdue"
    other = contents.pack(july, "unit", unit="SCD5")
    section = next(item for item in other.sections if item.heading == "Actions of visits")
    assert section.blocks == ("No action of a visit is known.",)


def test_only_a_visit_that_is_known_has_actions(at):
    with pytest.raises(NotFoundError, match="V9"):
        of_visits.origin(at(), "V9")


def test_actions_go_out_and_come_in_with_the_decisions(at, tmp_path):
    act(at())
    (entry,) = transfer.exported(at.folder.data)["decisions"]
    assert entry["raised_from"] == "visit" and entry["origin"]["visit"] == "V1"


def test_the_form_stands_under_the_visit_and_the_unit_owns_it(at):
    at()
    page = screen("decisions", at.folder.data)
    page.query_params["raise"], page.query_params["visit"] = "visit", "V1"
    page.run()
    assert not page.exception and not page.error
    shown = " ".join(element.proto.body for element in page.get("html"))
    assert "Raised from a visit: Deputy assistant commissioner, SCD7, held 6 May 2004." in shown
    owner = next(item for item in page.selectbox if item.label == "Owner: unit")
    assert owner.value == "SCD7"


def test_only_who_decides_is_offered_the_way_to_an_action(at):
    assert visits.may_act(at())
    assert not visits.may_act(at(role=look_as("ocu_commander", "SCD7", "")))


def test_a_visits_pack_is_of_what_was_known_when_it_was_held(at):
    for as_at in ("2004-06-14", "2004-06-28"):
        at(as_at)
    request = at("2004-07-12")

    def packs(opened):
        rows = visits.visits(opened, "SCD").rows.to_pylist()
        return {row["visit_ref"]: row["pack_as_at"] for row in rows}

    # Held before anything was published; to come: what is known at the meeting.
    assert packs(request)["V1"] is None
    assert packs(request)["V2"] == date(2004, 7, 12)
    assert packs(at("2004-06-28"))["V2"] == date(2004, 6, 28)
    at.folder.load("visits", VISITS.replace("2004-07-20,", "2004-06-28,2004-06-28"), "2004-07-15")
    # On the as-at's own day, not the one after.
    assert packs(at("2004-07-19"))["V2"] == date(2004, 6, 28)
