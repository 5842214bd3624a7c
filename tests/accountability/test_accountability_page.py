"""The accountability page: its views, its units, and what it says where nothing is loaded."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.reports.accountability.units import SOURCES
from dashboard.ui.accountability.sections import VIEWS
from tests.screens import screen

VISITS = """visit_ref,unit_code,kind,planned_on,held_on,lead_post
V1,SCD7(5),dac,2004-07-05,,DAC
V2,SCD8,dac,2004-07-06,2004-07-06,DAC
"""
REVIEWS = """review_ref,kind,unit_code,due_on,done_on
R1,murder,SCD2(2),2004-05-10,2004-05-10
"""
RECOMMENDATIONS = """recommendation_ref,review_ref,owner,feeds,due_on,closed_on
R1/1,R1,SCD1,training,2004-06-01,
"""
AREAS = """area_ref,title,criterion,lead_post,unit_code,score,due_on,status
A1,Vetting <b>,3,Commander,SCD11,35,2004-08-01,in_progress
"""
FILES = {
    "visits": VISITS,
    "reviews": REVIEWS,
    "recommendations": RECOMMENDATIONS,
    "improvements": AREAS,
}
# What a view says of a kind that nothing was loaded of.
SHOWN = {"visits": "visits", "reviews": "reviews", "recommendations": "reviews",
         "improvements": "improvement"}  # fmt: skip


@pytest.fixture
def opened(folder):
    def run(view: str, without: tuple[str, ...] = (), **params: str):
        for kind, text in FILES.items():
            if kind not in without:
                folder.load(kind, text, "2004-07-11")
        if set(without) == set(FILES):
            folder.load("strength", "unit_code,month,posts,in_post\nSCD7,2004-06-01,9,8\n",
                        "2004-07-11")  # fmt: skip
        folder.publish("2004-07-12")
        page = screen("accountability", folder.data, **{"view": view, **params})
        page.run()
        assert not page.exception and not page.error
        return page

    return run


def words(page) -> str:
    bodies = " ".join(element.proto.body for element in page.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bodies))


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("overdue", ["Visit: Deputy assistant commissioner", "Recommendation R1/1 to training"]),
        (
            "visits",
            [
                "1 visit is overdue, the deputy assistant commissioner’s to SCD7(5) by 7 days",
                "Of visits owed by the deputy assistant commissioner none is planned",
                "1 of 2 visits have been held",
            ],
        ),
        ("reviews", ["kept in 1 of 1 murder reviews", "0 of 1 recommendation are closed"]),
        ("improvement", ["1 of 1 area for improvement is open, none overdue", "Vetting &lt;b&gt;"]),
    ],
)
def test_each_view_stands_under_one_statement(opened, view, said):
    page = opened(view)
    assert page.query_params["view"] == view
    shown = words(page)
    for sentence in said:
        assert sentence in shown


def test_each_views_statement_is_its_own(opened):
    def head(view: str) -> str:
        bodies = [element.proto.body for element in opened(view).get("html")]
        (found,) = [re.findall(r"<h1[^>]*>(.*?)</h1>", body) for body in bodies if "<h1" in body]
        return found[0]

    heads = [head(view) for view in VIEWS]
    assert heads[0].startswith("1 recommendation and 1 visit are overdue")
    assert len(set(heads)) == len(VIEWS)


def test_an_unknown_view_is_the_first_and_said(opened):
    page = opened("nothing")
    assert page.query_params["view"] == next(iter(VIEWS))
    assert "The link asks for view nothing" in words(page)


def test_a_unit_of_the_address_filters_and_its_parts_are_in_it(opened):
    page = opened("overdue", unit="SCD7")
    assert "1 visit is overdue, all at SCD7(5)" in words(page)
    assert "R1/1" not in words(page)


def test_a_unit_links_to_its_page_and_keeps_the_as_at(opened):
    bodies = " ".join(element.proto.body for element in opened("overdue").get("html"))
    assert re.search(r'href="ocu\?as_at=2004-07-12&amp;[^"]*unit=SCD7[^(]', bodies)


def test_an_overdue_recommendation_leads_to_itself(opened):
    bodies = " ".join(element.proto.body for element in opened("overdue").get("html"))
    (to,) = re.findall(r'href="([^"]*recommendation=[^"]*)"', bodies)
    asked = dict(parse_qsl(urlsplit(unescape(to)).query))
    assert asked["view"] == "reviews" and asked["recommendation"] == "R1/1"
    shown = words(opened(**{key: asked[key] for key in ("view", "unit", "recommendation")}))
    assert "R1/1 to training is SCD1" in shown and "41 days over" in shown
    lost = words(opened("reviews", recommendation="R0/9"))
    assert "Recommendation R0/9, which the link names, is not among these" in lost


@pytest.mark.few(1)
@pytest.mark.parametrize("kind", SOURCES)
def test_what_was_never_loaded_is_missing_and_says_what_to_import(opened, kind):
    shown = words(opened(SHOWN[kind], without=(kind,)))
    assert f"No {SOURCES[kind]} are loaded [x]" in shown
    assert f"python -m dashboard import {kind} FILE" in shown


def test_none_overdue_is_said_apart_from_nothing_loaded(opened):
    assert "Nothing is overdue" in words(opened("overdue", unit="SCD10"))


def test_nothing_loaded_is_not_nothing_overdue(opened):
    shown = words(opened("overdue", without=tuple(FILES)))
    assert "Nothing of the year's framework is loaded [x]" in shown.replace("&#x27;", "'")
    assert "Nothing is overdue" not in shown
