"""The Trends page end to end on a folder of a few rows: what it says, and what it says instead."""

import re

import pytest

from tests.screens import asked, screen

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"


@pytest.fixture
def page(folder):
    """The page on fifteen months of robberies, seven or ten a month, a third of them in Camden."""
    rows = [
        f"R{year}{month}{day:02d},{year}-{month:02d}-{day:02d},robbery_business,"
        f"{'Camden' if day % 3 == 0 else 'Brent'},SCD7,SCD7(5),knife,2004-07-01\n"
        for year, month in [(2003, m) for m in range(4, 13)] + [(2004, m) for m in range(1, 8)]
        for day in range(1, 29, 3 + month % 2)
        if (year, month, day) < (2004, 7, 6)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-06")
    folder.publish("2004-07-12")
    return screen("trends", folder.data)


def test_statement_season_and_table_stand_on_the_first_link(page):
    said = asked(page, measure="commercial_robbery")
    assert "Commercial robbery was within its usual range in June 2004" in said
    # One earlier year, and each month as it was: no "years before" to lie within.
    assert "2004/05 is as 2003/04 was in all months" in said
    assert "usual range: from the changes of one month to the next" in said
    assert "No period stands out" in said and "June 2004" in said
    assert any(re.fullmatch(r"All \d+ periods", item.label) for item in page.expander)
    params = {"level": "ocu", "unit": "SCD7", "grain": "month", "years": "3"}
    assert {key: page.query_params[key] for key in params} == params


def test_a_link_with_everything_gives_it_again_and_escapes_the_reason(page):
    said = asked(
        page,
        measure="commercial_robbery",
        borough="E09000007",
        grain="month",
        rebase="2004-01-01",
        because="<script>x</script>",
    )
    assert page.query_params["level"] == "borough"
    assert "Camden" in said
    bodies = "".join(element.proto.body for element in page.get("html"))
    assert "<script>" not in bodies and "&lt;script&gt;" in bodies


def test_series_beside_each_other_say_their_scale(page):
    said = asked(
        page,
        measure="commercial_robbery",
        compare="commercial_robbery~E09000007,homicides~MPS",
        scale="shared",
    )
    assert "all on one scale: Commercial robbery, SCD7; Commercial robbery, Camden" in said
    # no homicide in the folder: records cover it, so that it is none and not unknown
    assert "Homicide, all London" in said


def test_by_week_the_expectation_or_its_absence_is_said(page):
    said = asked(page, measure="commercial_robbery", grain="week")
    assert "Expected by week" in said
    assert "no expectation by week here" in said or "published without" in said


def test_a_measure_without_data_says_what_to_do(page):
    said = asked(page, measure="child_referrals")
    assert "nothing to draw" in said and "import its records" in said


def test_an_unknown_unit_is_said_and_the_owner_shown(page):
    said = asked(page, measure="commercial_robbery", unit="SCD77")
    assert "SCD77, a unit that is not known" in said
    assert page.query_params["unit"] == "SCD7"


def test_a_choice_is_written_into_the_address(page):
    asked(page, measure="commercial_robbery")
    page.selectbox(key="trend-grain").select("quarter").run()
    assert page.query_params["grain"] == "quarter"
    assert page.query_params["years"] == "5"  # what is usual for quarters
    page.selectbox(key="trend-level").select("borough").run()
    assert page.query_params["borough"] == "E09000002"  # the first by name
    assert not page.exception and not page.error
