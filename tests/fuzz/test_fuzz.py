"""A few of ten thousand hostile inputs (`make fuzz`), others at each commit."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.choosing import EXHAUSTIVE, seed
from tests.fuzz import hostile, trying

TIMES = 20 if EXHAUSTIVE else 1


@pytest.fixture
def chance() -> Random:
    return Random(f"{seed()} fuzz")


@pytest.fixture
def tried(monkeypatch, tmp_path) -> trying.Tried:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    return trying.Tried()


@pytest.fixture
def few_rows(folder) -> Path:
    """A published folder of an example of each kind of record."""
    own = hostile.packaged()
    for kind in trying.ingest.KINDS:
        heads, example = hostile.rows_of(kind, own)
        folder.load(kind, f"{','.join(heads)}\n{','.join(example)}\n", "2004-07-11")
    folder.publish("2004-07-12")
    return folder.data


def test_files_of_every_kind_are_taken_or_refused_in_a_sentence(tried, tmp_path, chance):
    trying.imports(tried, tmp_path, 30 * TIMES, chance)
    assert tried.faults == []


def test_addresses_of_every_page_are_answered(tried, few_rows, chance):
    trying.addresses(tried, few_rows, len(trying.NAMES) * TIMES, chance)
    assert tried.faults == []


def test_statements_are_refused_in_a_sentence_or_run_as_checked(tried, few_rows, chance):
    trying.statements(tried, few_rows, 300 * TIMES, chance)
    assert tried.faults == []


def test_what_a_command_writes_elsewhere_is_seen(tried, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    with trying.inside(data) as outside:
        (data / "inside").write_text("x")
        (tmp_path / "outside").write_text("x")
    assert [line.split("/")[-1] for line in outside] == ["outside"]


def test_a_page_that_shows_what_was_typed_as_markup_is_seen(tried, few_rows, tmp_path):
    page = tmp_path / "planted.py"
    page.write_text(
        "import streamlit as st\nst.html(st.query_params['q'])\nst.error('[here](http:)')\n"
    )
    trying.page_tried(tried, few_rows, page, {"q": "<img src=x onerror=alert(1)> \u202e"})
    assert [fault.split()[1] for fault in tried.faults] == ["shows", "shows", "as"]
