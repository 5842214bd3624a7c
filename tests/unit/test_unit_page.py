"""The unit's page end to end on a folder of a few rows: what it says, and what it says instead."""

import re

import pytest

from tests.screens import asked, screen, words

pytestmark = pytest.mark.some(6, "unit page")

HEAD = "crime_ref,reported_on,offence,borough,ocu,branch,weapon,validated_on\n"


@pytest.fixture
def page(folder):
    """The page on two months of robberies, two a week, a third of them in Camden."""
    rows = [
        f"R{month}{day:02d},2004-{month:02d}-{day:02d},robbery_business,"
        f"{'Camden' if day % 3 == 0 else 'Brent'},SCD7,SCD7(5),knife,2004-07-01\n"
        for month in (4, 5, 6)
        for day in range(1, 31, 4)
    ]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-01")
    folder.publish("2004-07-12")
    return screen("ocu", folder.data)


def test_figure_records_and_tiles_agree(page):
    said = asked(page, unit="SCD7", measure="commercial_robbery")
    assert "16 in the year to date (April to May 2004)" in said  # June is not over on 29 June
    assert "Records behind · 16" in said
    assert page.query_params["measure"] == "commercial_robbery"


def test_a_link_to_all_boroughs_stands_only_where_their_page_has_the_measure(page):
    """Three months are no twelve, which is what that page shows: it would show something else."""
    assert "Borough" in asked(page, unit="SCD7", measure="commercial_robbery")
    assert "All boroughs" not in words(page)


def test_the_borough_of_a_link_is_kept(page):
    said = asked(page, unit="SCD7", measure="commercial_robbery", borough="E09000007")
    assert "Camden" in said and "Records behind · 4" in said
    assert page.query_params["borough"] == "E09000007"
    # Each section says its place: what follows the borough, and what is of all of them.
    assert "2004, Camden." in said and said.count(", all of London") == 2


def test_a_measure_of_another_unit_falls_back_to_the_first_with_data(page):
    asked(page, unit="SCD7", measure="child_referrals")
    assert page.query_params["measure"] == "commercial_robbery"


def test_a_unit_without_data_says_what_to_do(page):
    said = asked(page, unit="SCD5")
    assert "Nothing that is loaded says anything of SCD5" in said
    assert "[x]" in said


def test_an_unknown_unit_lists_those_there_are(page):
    said = asked(page, unit="SCD77")
    assert "The unit of this link is not known" in said
    assert "SCD7 Serious and Organised Crime" in said


def test_a_branch_opens_its_ocu_and_says_so(page):
    said = asked(page, unit="SCD7(5)")
    assert "SCD7(5) Flying Squad is a branch of SCD7, whose page this is" in said
    assert "not to be had here" not in said
    assert "what is known of it alone" in said and "whose page" in said
    assert "whose page this is" not in asked(page, unit="SCD7", part="SCD5(1)")


def test_the_day_of_the_unit_stands_behind_its_own_view(page):
    said = asked(page, unit="SCD7", view="day")
    assert "1 came to SCD7 on 29 June 2004, 2 in seven days" in said
    assert "What came in · 2" in said
    # All are validated; of a supervisor's look no file of theirs tells.
    assert (
        "No act of validation or supervision is known to wait" in said and "Supervised on" in said
    )
    assert page.query_params["view"] in ("day", ["day"])
    assert "Measures of the plan" not in said
    assert "comes by week or month" in asked(page, unit="SCD4", view="day")


def headed(page) -> str:
    (heading,) = [item.proto.body for item in page.get("html") if item.proto.body.startswith("<h1")]
    return re.sub(r"<[^>]+>", "", heading)


def test_the_heading_says_what_matters_most_and_the_name_stands_below(page):
    said = asked(page, unit="SCD7")
    assert headed(page).startswith("SCD7: ") and "Serious" not in headed(page)
    assert "SCD7 Serious and Organised Crime" in said
    assert "nothing of its plan is loaded" in asked(page, unit="SCD5")
    asked(page, unit="SCD7", view="day")
    assert headed(page).startswith("1 came to SCD7")


def test_a_measure_without_reports_leads_to_where_its_things_are_listed(sample_data):
    page = screen("ocu", sample_data)
    said = asked(page, as_at="2004-07-12", unit="SCD2", measure="recommendations_overdue")
    assert "from returns" not in said
    bodies = [item.proto.body for item in page.get("html")]
    # Those of all: the figure that is to be explained is the whole's, not the unit's own.
    assert any('href="accountability?' in body and "unit=SCD&" in body for body in bodies)
