"""The overtime page: its parts by the address, its words without data, its few questions."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from dashboard import queries
from tests.screens import asked, screen


@pytest.fixture
def page(sample_data):
    return screen("overtime", sample_data)


def test_the_first_screen_says_who_how_much_and_why(page):
    said = asked(page)
    assert "SCD7 is very likely to overspend its overtime by about £" in said
    assert "why: hours each +£" in said and "illustrative budgets" in said
    assert page.query_params["unit"] == "SCD" and page.query_params["tab"] == "budget"


def test_each_unit_has_a_bar_toned_by_its_chance(page):
    asked(page)
    bodies = "".join(element.proto.body for element in page.get("html"))
    bars = re.findall(r'<img class="bar" src="([^"]*)" alt="([^"]*)">', bodies)
    assert len(bars) == 10  # nine units and their sum
    assert all("spent of a budget of £" in words for _, words in bars)
    # SCD7 is very likely to overspend, SCD5 unlikely to: the two are not drawn alike.
    drawn = {words.split()[0]: unquote(unescape(source)) for source, words in bars}
    assert 'class="bad"' in drawn["SCD7"] and 'class="good"' in drawn["SCD5"]


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("teams", "SCD7(5) Flying Squad lies outside the limits for its size"),
        ("exceptions", "a rule"),
        ("outcomes", "nothing here says one made the other"),
        ("finances", "net"),
    ],
)
def test_the_parts_of_the_page_are_in_the_address(page, tab, words):
    assert words in asked(page, unit="SCD7", tab=tab)
    assert page.query_params["tab"] == tab


def test_a_part_that_there_is_not_falls_back_to_the_budget(page):
    asked(page, tab="nonsense")
    assert page.query_params["tab"] == "budget"


def test_an_unknown_unit_lists_those_there_are(page):
    said = asked(page, unit="SCD77")
    assert "The unit of this link is not known" in said and "SCD7 Serious" in said


@pytest.mark.parametrize("tab", ["budget", "teams", "exceptions", "outcomes", "finances"])
def test_a_part_asks_six_questions_at_most(page, monkeypatch, tab):
    asked_of: list[str] = []
    run = queries.Connection.run

    def counted(self, query, values=None):
        asked_of.append(query.name)
        return run(self, query, values)

    monkeypatch.setattr(queries.Connection, "run", counted)
    _forget()
    asked(page, unit="SCD7", tab=tab)
    assert 1 <= len(asked_of) <= 6, asked_of


def _forget() -> None:
    """Empties what reports keep from one question to the next."""
    from dashboard.reports.overtime import board, finance, outcomes, teams
    from dashboard.reports.request import seen
    from dashboard.reports.spending import ledgers

    for kept in (
        finance.finances,
        board.board,
        ledgers.ledger,
        outcomes.lines,
        teams.teams,
        seen.shared,
    ):
        kept.cache_clear()


def test_without_overtime_the_page_says_what_to_import(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", f"{head}R1,2004-06-01,robbery_business,Camden,SCD7\n", "2004-07-01")
    folder.publish("2004-07-12")
    said = asked(screen("overtime", folder.data))
    assert "No overtime is loaded" in said and "import overtime FILE" in said
