"""Numbers, dates and statuses in words."""

from datetime import date

import pytest

from dashboard.ui.kit import figures


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(1234.0, 0, "1,234"), (5.25, 1, "5.2"), (None, 0, "[x]"), (float("nan"), 0, "[x]")],
)
def test_numbers(value, places, said):
    assert figures.number(value, places) == said


def test_signs_are_true_signs():
    assert figures.signed(9.2) == "+9"
    assert figures.signed(-4.0) == "−4"
    assert figures.signed(None) == "[x]"


def test_a_band_without_an_end_is_not_said():
    assert figures.span(1, 10) == "1–10"
    assert figures.span(None, 10) == ""


def test_days():
    assert figures.day(date(2004, 7, 12)) == "Mon 12 Jul 2004"
    assert figures.day(date(2004, 7, 12), year=False) == "Mon 12 Jul"
    assert figures.day(None) == "[x]"


def test_places():
    assert figures.places([]) == ""
    assert figures.places(["Camden", "Islington"]) == "Camden and Islington"
    assert figures.places(list("abcde"), most=3) == "a, b and 3 others"


def test_a_status_is_shape_and_words_never_colour_alone():
    for table in (figures.VARIATION, figures.ASSURANCE):
        shapes = [(shape, words) for shape, words, tone in table.values()]
        assert all(shape and words for shape, words in shapes)
    said = figures.status("concern_high", "consistent_fail")
    assert "▲" in said
    assert "worse than usual" in said
    assert "will not without change" in said


def test_neutral_measures_are_neither_good_nor_bad():
    assert figures.VARIATION["neutral_high"][2] == figures.VARIATION["neutral_low"][2] == "plain"


def test_an_unknown_status_is_not_judged():
    assert "not judged" in figures.status(None)
    assert "no target" in figures.assurance(None)
