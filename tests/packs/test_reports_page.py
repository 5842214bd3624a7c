"""The reports page end to end on a folder of a few rows: make a pack, keep it, open it again."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import reports
from dashboard.access import Scope
from dashboard.errors import NotAllowedError
from dashboard.export.packs import kept as pack_kept
from dashboard.reports.decisions import acts
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Block
from dashboard.reports.tasking import objectives
from dashboard.ui.kit import basket, person
from dashboard.ui.kit.person import NOBODY_SIGNED_IN
from dashboard.ui.packs.making import MADE
from dashboard.ui.shell import visitor
from tests.decisions.conftest import said
from tests.screens import asked, screen, words

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"


@pytest.fixture
def page(folder):
    """The page on three months of robberies: no overtime, no finances, no earlier meeting."""
    rows = [
        f"R{month}{day:02d},2004-{month:02d}-{day:02d},robbery_business,Camden,SCD7,SCD7(5),"
        "knife,2004-07-01\n"
        for month in (4, 5, 6)
        for day in range(1, 31, 4)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-01")
    folder.publish("2004-07-12")
    return screen("reports", folder.data)


def test_nothing_is_made_before_it_is_asked_for(page):
    said = asked(page)
    assert "Tasking pack, to print, to edit or to keep" in said
    assert "Nothing is made before you ask" in said
    assert "None is kept yet." in said and "Nothing yet" in said
    assert MADE not in page.session_state


def test_made_kept_and_opened_again(page, folder):
    asked(page, pack="tasking", form="xlsx")
    page.button("make-pack").click().run()
    assert not page.exception and not page.error
    made = page.session_state[MADE]
    (name,) = made.files
    assert name == "OFFICIAL-SENSITIVE_Tasking-pack_2004-07-12.xlsx"
    page.button("keep-pack").click().run()
    assert not page.exception and not page.error
    ((kept,), _) = pack_kept.kept(folder.data)
    assert kept.read(name) == made.files[name]
    assert {file.rpartition(".")[2] for file in kept.files} == {"docx", "pdf", "pptx", "xlsx"}
    assert kept.files[name] in asked(page, kept=kept.id)  # its sha256
    assert pack_kept.kept_snapshots(folder.data) == {made.pack.about.stamp.snapshot_id}


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["weekly", "monthly", "unit", "star-chamber"])
def test_each_pack_of_a_folder_with_little_in_it(page, name):
    """Sections without data say so in words; none fails."""
    asked(page, pack=name, form="pdf", unit="SCD7", borough="E09000007")
    page.button("make-pack").click().run()
    assert not page.exception and not page.error and not page.warning
    assert page.session_state[MADE].pack.faults == ()


@pytest.mark.parametrize(("may", "many"), [({"minute"}, 1), ({"decide", "explain"}, 0)])
def test_minutes_are_written_and_frozen_by_who_holds_the_right(page, monkeypatch, may, many):
    role = replace(NOBODY_SIGNED_IN.role, may=frozenset(may))
    monkeypatch.setattr(visitor, "local_person", lambda: replace(NOBODY_SIGNED_IN, role=role))
    said = asked(page, pack="minutes")
    assert ("may not write the minutes" in said) == (not many)
    assert len([item for item in page.get("button") if item.key == "make-pack"]) == many
    # Nor by another way than the page: a pack is made in one place.
    request = reports.open_request(date(2004, 7, 12), role=role)
    if many:
        assert contents.pack(request, "minutes").name == "minutes"
    else:
        with pytest.raises(NotAllowedError, match="may not write the minutes"):
            contents.pack(request, "minutes")


def test_minutes_that_were_kept_are_read_back_at_the_next_meeting(page, folder):
    meeting = reports.open_request(date(2004, 7, 12), data=folder.data)
    acts.decide(meeting, "Ann", said(meeting, measure=None))
    asked(page, pack="minutes", form="csv")
    page.button("make-pack").click().run()
    page.button("keep-pack").click().run()
    ((kept,), _) = pack_kept.kept(folder.data)
    folder.publish("2004-07-26")
    for as_at, there in (("2004-07-12", False), ("2004-07-26", True)):
        room = screen("tasking")
        room.query_params["as_at"] = as_at
        assert not room.run().exception
        shown = " ".join(item.proto.body for item in room.get("html"))
        assert (f"kept={kept.id}" in shown) == ("Minutes, as at" in shown) == there
    assert (
        pack_kept.last_before(
            folder.data,
            "minutes",
            date(2004, 7, 26),
            Scope("borough", "E09000007", frozenset()),
            False,
        )
        is None
    )  # it holds what a borough does not see
    other = screen("reports")
    opened = asked(other, as_at="2004-07-26", pack="minutes", kept=kept.id)
    assert all(digest in opened for digest in kept.files.values())


def test_a_section_that_fails_is_named_on_the_page(page):
    """Three months are too few for the borough's twelve: the pack is made, and says so."""
    asked(page, pack="borough", form="pdf", borough="E09000007")
    page.button("make-pack").click().run()
    assert "The borough beside London: This part could not be made" in words(page)
    assert page.session_state[MADE].files


def test_another_pack_asks_anew(page):
    asked(page, pack="weekly", form="csv")
    page.button("make-pack").click().run()
    assert "Nothing is made before you ask" not in words(page)
    assert "Nothing is made before you ask" in asked(page, pack="tasking")


def test_a_damaged_pack_says_so_and_is_not_offered(page, folder):
    asked(page, pack="weekly", form="csv")
    page.button("make-pack").click().run()
    page.button("keep-pack").click().run()
    ((kept,), _) = pack_kept.kept(folder.data)
    first = next(iter(kept.files))
    asked(page, kept=kept.id)
    offered = links(page)
    (kept.folder / first).write_bytes(b"other")
    said = asked(page, kept=kept.id)
    assert "is not what was kept" in said
    assert links(page) < offered  # what was just made may still be taken


def links(page) -> int:
    """How many files the page offers."""
    return "".join(item.proto.body for item in page.get("html")).count("files/")


@pytest.fixture
def held(folder, page, monkeypatch):
    """Two results of the page's snapshot, in the basket."""
    basket.baskets.clear()
    monkeypatch.setattr(person, "browser", lambda: "")
    found = basket.basket_of(NOBODY_SIGNED_IN.owner(""))
    board = objectives.board(reports.open_request(date(2004, 7, 12), None, folder.data))
    for name in ("first", "second"):
        shown = replace(board, title=f"The {name} one")
        found.add(basket.Item("ocu?unit=SCD7", Block(name, shown)))
    yield found
    basket.baskets.clear()


def test_what_was_collected_is_made_into_a_pack(page, held):
    said = asked(page, form="csv")
    assert "The first one" in said and "The second one" in said
    page.button("make-basket").click().run()
    assert not page.exception and not page.error
    (name,) = page.session_state[MADE].files
    assert name == "OFFICIAL-SENSITIVE_Collected-pack_2004-07-12.csv"


def test_what_was_collected_can_be_put_in_order_and_taken_out(page, held):
    asked(page)
    assert page.button("up-0").disabled
    page.button("up-1").click().run()
    assert [item.part.name for item in held.items] == ["second", "first"]
    page.button("out-0").click().run()
    assert [item.part.name for item in held.items] == ["first"]
    page.button("empty-basket").click().run()
    assert "Nothing yet" in words(page) and not held.items
    page.button("undo-basket").click().run()
    assert [item.part.name for item in held.items] == ["first"]


def test_a_result_of_another_date_is_taken_and_says_its_own(page, held):
    first, _ = held.items
    stamp = replace(first.part.shown.stamp, as_at=date(2004, 6, 28), snapshot_id="other")
    other = replace(first.part, name="old", shown=replace(first.part.shown, stamp=stamp))
    held.put_back([basket.Item("trends", other)])
    assert "as at Mon 28 Jun 2004" in asked(page, form="csv")
    page.button("make-basket").click().run()
    (content,) = page.session_state[MADE].files.values()
    assert "As at 28 June 2004 (snapshot other)" in content.decode("utf-8-sig", "replace")
    assert "Preview the pages" in [toggle.label for toggle in page.toggle]


def left_out(page) -> str:
    held = page.query_params["without"]
    return held if isinstance(held, str) else held[0]


def test_the_parts_are_in_the_address(page):
    asked(page, pack="tasking", without="rare-events,is-the-data-fit,the-moon")
    chosen = page.multiselect("parts-tasking")
    assert not {"Rare events", "Is the data fit?"} & set(chosen.value)
    assert {"Pressure beside capacity", "What is to be decided"} <= set(chosen.value)
    assert left_out(page) == "rare-events,is-the-data-fit"  # what is not known is out
    chosen.select("Rare events").run()
    assert left_out(page) == "is-the-data-fit"
    # another pack has parts of its own
    page.selectbox("pick-pack").select("weekly").run()
    assert "without" not in page.query_params
    assert "Is the data fit?" in page.multiselect("parts-weekly").value
