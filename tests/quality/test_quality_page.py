"""The quality and equality pages on a folder of a few rows, and without records."""

import pytest

from tests.screens import asked, screen

HEAD = "crime_ref,reported_on,offence,borough,ocu,victim_kind,validated_on,supervised_on\n"
VIEWS = ("faults", "delays", "revisions", "reconciliation")


def opened(folder, name: str):
    return screen(name, folder.data)


@pytest.fixture
def records(folder):
    rows = [
        f"C{n},2004-0{4 + n % 3}-0{1 + n % 7},kidnap,Camden,SCD7,person,"
        f"{'' if n < 3 else '2004-07-01'},2004-07-01\n"
        for n in range(20)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-01")
    folder.publish("2004-07-12")
    return folder


@pytest.fixture
def counts(folder):
    head = "date,grain,borough,offence,offences,outcomes,publisher\n"
    months = "".join(
        f"2004-0{m}-01,month,Camden,robbery_business,{m},1,corporate\n" for m in range(1, 7)
    )
    folder.load("counts", head + months, "2004-07-01")
    folder.publish("2004-07-12")
    return folder


def test_the_worklist_of_a_link_is_kept(records, monkeypatch):
    said = asked(opened(records, "quality"), view="faults", unit="SCD7", fault="unvalidated")
    assert "Worklist: 3 faults of SCD7, “not validated within 7 days”" in said
    assert "Trend [x]" in said  # one as-at


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_opens(records, monkeypatch, view):
    page = opened(records, "quality")
    asked(page, view=view)
    assert page.query_params["view"] == view


def test_an_unknown_view_is_the_first(records, monkeypatch):
    page = opened(records, "quality")
    asked(page, view="nothing")
    assert page.query_params["view"] == "faults"


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        ("faults", "published counts have no records"),
        ("delays", "published counts tell no delays"),
        ("revisions", "one snapshot only"),
        ("reconciliation", "No corporate figures are loaded"),
    ],
)
def test_without_records_each_view_says_why(counts, monkeypatch, view, reason):
    assert reason in asked(opened(counts, "quality"), view=view)


def test_equality_shows_no_small_count(records, monkeypatch):
    said = asked(opened(records, "equality"))
    assert "Ethnicity is recorded for 0 of 20 victims" in said or "No victim" in said
    assert "No strength returns are loaded" in said


def test_equality_without_records_says_why(counts, monkeypatch):
    assert "do not say who the victims are" in asked(opened(counts, "equality"))
