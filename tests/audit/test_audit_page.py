"""The audit's page, and who looked at a unit's records on the unit's own."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.audit import Kind
from dashboard.access.audit_reading import Chosen, lines
from dashboard.access.witness import Witness, audit_of
from dashboard.ui.kit.files import shelf
from dashboard.ui.shell import visitor
from tests import screens

AUDITOR = ("auditor", None, None)


@pytest.fixture
def opened(sample_data):
    """Opens a page as a role, without sign-in."""

    def run(name: str, role: tuple, **params: str) -> AppTest:
        page = screens.screen(name, sample_data, **params)
        page.session_state[visitor.LOOKS_AS] = role
        return page.run()

    return run


def words(page: AppTest) -> str:
    assert not page.exception
    return screens.words(page)


def test_an_auditor_sees_lines_with_a_statement_a_picture_and_a_table(opened, sample_data):
    witness = Witness(sample_data, "p77")
    witness.record("record view", "records: page 1", rows=50, snapshot="abc", unit="SCD7")
    page = opened("audit", AUDITOR)
    said = words(page)
    assert "record view" in said and "the chain is whole up to line" in said
    assert "p77" in said and "SCD7" in said
    assert len(page.get("vega_lite_chart") or page.get("arrow_vega_lite_chart")) == 1


def test_what_is_chosen_stands_in_the_address(opened, sample_data):
    Witness(sample_data, "p78").record("export", "of p78.csv", rows=5)
    page = opened("audit", AUDITOR)
    page.selectbox(key="audit-who").select("p78").run()
    assert page.query_params["who"] == "p78"
    said = words(page)
    assert "of p78.csv" in said and "p77" not in said.split("newest first")[1]
    page.text_input(key="audit-words").set_value("nothing of that kind").run()
    assert "No such line in this period" in words(page)


def test_the_file_holds_what_was_chosen_and_taking_it_is_a_line(opened, sample_data, monkeypatch):
    for n in range(60):  # more than a page
        Witness(sample_data, "p79").record("export", f"file {n}", rows=n)
    put = []
    monkeypatch.setattr(shelf, "put", lambda key, offer: put.append(offer) or "address")
    opened("audit", AUDITOR, who="p79", kind="export")
    (offer,) = put
    content = offer.make().decode("utf-8-sig")
    assert "file 0," in content and "file 59," in content and "audit line" in content
    taken = lines(audit_of(sample_data), Chosen(kinds=(Kind.export,)), limit=1)[0]
    assert (taken.who, taken.rows) == ("local", 60) and "audit" in taken.what


@pytest.mark.parametrize("role", [("chair", None, None), ("analyst", None, None), None])
def test_nobody_else_sees_a_line(opened, sample_data, role):
    Witness(sample_data, "p80").record("export", "a file")
    said = words(opened("audit", role))
    assert "may not read the audit" in said and "p80" not in said
    newest = lines(audit_of(sample_data), Chosen(kinds=(Kind.refusal,)), limit=1)[0]
    assert "may not read the audit" in newest.what


def test_an_auditor_opens_no_figure(opened):
    for name in ("tasking", "ocu", "snapshots"):
        said = words(opened(name, AUDITOR))
        assert "opens no figures" in said and "SCD7" not in said


def test_a_commander_sees_who_looked_at_the_own_units_records_and_no_others(opened, sample_data):
    asked = {"unit": "SCD7", "measure": "commercial_robbery", "as_at": "2004-07-12"}
    Witness(sample_data, "p81").record("record view", "records", rows=7, unit="SCD7")
    Witness(sample_data, "p82").record("record view", "records", rows=7, unit="SCD6")
    said = words(opened("ocu", ("ocu_commander", "SCD7", None), **asked))
    mine = said.split("Who looked at these records")[1]
    assert "p81" in mine and "p82" not in mine and "(you)" in mine
    asked["unit"] = "SCD6"
    assert "p82" not in words(opened("ocu", ("ocu_commander", "SCD7", None), **asked))
    assert "Who looked at" not in words(opened("ocu", ("chair", None, None), **asked))
