"""The reports page end to end on a folder of a few rows: make a pack, keep it, open it again."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.export import pack_kept
from dashboard.ui import frame
from dashboard.ui.downloads import BASKET
from dashboard.ui.pack_parts import MADE

ROOT = Path(__file__).resolve().parents[2]
HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"


@pytest.fixture
def page(folder, monkeypatch):
    """The page on three months of robberies: no overtime, no finances, no earlier meeting."""
    rows = [
        f"R{month}{day:02d},2004-{month:02d}-{day:02d},robbery_business,Camden,SCD7,SCD7(5),"
        "knife,2004-07-01\n"
        for month in (4, 5, 6)
        for day in range(1, 31, 4)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-01")
    folder.publish("2004-07-12")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder.data))
    frame._listing.clear()
    return AppTest.from_file(str(ROOT / "pages" / "reports.py"), default_timeout=120)


def words(page) -> str:
    parts = [element.proto.body for element in page.get("html")]
    parts += [item.value for kind in ("markdown", "warning", "error") for item in page.get(kind)]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", " ".join(parts)))


def asked(page, **params: str) -> str:
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error
    return words(page)


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
    assert {file.rpartition(".")[2] for file in kept.files} == {"pdf", "pptx", "xlsx"}
    assert kept.files[name] in asked(page, kept=kept.id)  # its sha256
    assert pack_kept.kept_snapshots(folder.data) == {made.pack.about.stamp.snapshot_id}


@pytest.mark.parametrize("name", ["weekly", "monthly", "unit", "star-chamber"])
def test_each_pack_of_a_folder_with_little_in_it(page, name):
    """Sections without data say so in words; none fails."""
    asked(page, pack=name, form="pdf", unit="SCD7", borough="E09000007")
    page.button("make-pack").click().run()
    assert not page.exception and not page.error and not page.warning
    assert page.session_state[MADE].pack.faults == ()


def test_a_section_that_fails_is_named_on_the_page(page):
    """Three months are too few for the borough's twelve: the pack is made, and says so."""
    asked(page, pack="borough", form="pdf", borough="E09000007")
    page.button("make-pack").click().run()
    (warning,) = page.warning
    assert "The borough beside London: This part could not be made" in warning.value
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
    (kept.folder / first).write_bytes(b"other")
    said = asked(page, kept=kept.id)
    assert "is not what was kept" in said
    assert not [item for item in page.get("download_button") if kept.id in item.proto.id]


def test_the_list_of_what_was_collected(page):
    item = {"name": "plan", "title": "Measures of the plan, SCD7", "address": "ocu?unit=SCD7"}
    page.session_state[BASKET] = [item]
    assert "Measures of the plan, SCD7" in asked(page)
    page.button("empty-basket").click().run()
    assert "Nothing yet" in words(page)
