"""Help: the handbook's own files, a chapter at a time; links that lead somewhere; its pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard.ui.help import handbook
from tests.browser import pictures
from tests.screens import screen

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [ROOT / "README.md", *sorted((ROOT / ".docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]+\]\(([^)#:]+)(#[^)]*)?\)")


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_to_a_file(file):
    led = [link for link, _ in LINK.findall(file.read_text("utf-8"))]
    assert [link for link in led if not (file.parent / link).exists()] == []


def test_the_contents_name_every_page_of_the_handbook():
    named = {chapter.file for chapter in handbook.chapters().values()}
    assert set(handbook.FOLDER.glob("*.md")) <= named
    assert list(handbook.chapters())[:3] == ["README", "tour", "reading"]


def opened(**address: str) -> AppTest:
    page = screen("help", **address)
    page.run()
    assert not page.exception and not page.error
    return page


@pytest.mark.parametrize("key", sorted(handbook.chapters()))
def test_a_chapter_is_the_text_of_its_file(key, tmp_path, monkeypatch):
    """Also where nothing is published: whoever starts needs it first."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    page = opened(chapter=key)
    said = "\n".join(item.value for item in page.markdown)
    written = handbook.chapters()[key].file.read_text("utf-8")
    headings = re.findall(r"^#+ .*$", written, re.MULTILINE)
    assert headings and all(heading in said for heading in headings)
    assert ".md)" not in said  # a link to a chapter is one to its address
    drawn = [item.proto.body for item in page.get("html") if "<img" in item.proto.body]
    assert len(drawn) == len(handbook.PICTURE.findall(written))
    assert all('src="data:image/png;base64,' in body and 'alt="' in body for body in drawn)


def test_a_chapter_that_is_not_there_is_said_and_the_contents_stand(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    page = opened(chapter="nonsense")
    assert any('class="fault"' in item.proto.body for item in page.get("html"))
    assert "# Handbook" in page.markdown[0].value


def test_what_leads_out_of_the_handbook_is_told_by_its_name(tmp_path):
    file = tmp_path / "one.md"
    file.write_text("See [the tour](tour.md) and [the tests](../../tests/README2.md).", "utf-8")
    (part,) = handbook.parts(handbook.Chapter("one", "One", file), lambda key: f"help?{key}")
    assert part.text == "See [the tour](help?tour) and the tests."


def test_the_pictures_are_those_that_the_handbook_shows_and_small():
    assert pictures.named() == set(pictures.PLACES)
    for name in pictures.PLACES:
        content = (handbook.FOLDER / name).read_bytes()
        assert len(content) <= pictures.MOST_BYTES
        assert Image.open(io.BytesIO(content)).size == (1280, 720)
