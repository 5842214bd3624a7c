"""Numbers, dates, names and statuses in words."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue
from dashboard.ui.kit import icons
from dashboard.words import dates, names, numbers, phrases, status

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(1234.0, 0, "1,234"), (5.25, 1, "5.2"), (None, 0, "[x]"), (float("nan"), 0, "[x]")],
)
def test_numbers(value, places, said):
    assert numbers.number(value, places) == said


def test_signs_are_true_signs():
    assert numbers.signed(9.2) == "+9"
    assert numbers.signed(-4.0) == "−4"
    assert numbers.signed(None) == "[x]"


def test_a_band_without_an_end_is_not_said():
    assert numbers.span(1, 10) == "1–10"
    assert numbers.span(None, 10) == ""


def test_days():
    assert dates.day(date(2004, 7, 12)) == "Mon 12 Jul 2004"
    assert dates.day(date(2004, 7, 12), year=False) == "Mon 12 Jul"
    assert dates.day(None) == "[x]"


def test_places():
    assert phrases.listed_first([]) == ""
    assert phrases.listed_first(["Camden", "Islington"]) == "Camden and Islington"
    assert phrases.listed_first(list("abcde"), most=3) == "a, b and 3 others"


def test_a_status_is_shape_and_words_never_colour_alone():
    for said in (*status.VARIATION.values(), *status.ASSURANCE.values()):
        assert said.shape and said.short and said.words
    shown = icons.status("concern_high", "consistent_fail")
    assert "▲" in shown
    assert "worse than usual" in shown
    assert "will not without change" in shown


def test_the_words_of_a_sentence_say_what_the_shape_says():
    for state, said in status.VARIATION.items():
        side = {"▲": "higher", "▼": "lower"}.get(said.shape)
        assert side is None or said.words.startswith(side), state


def test_neutral_measures_are_neither_good_nor_bad():
    assert {status.variation(f"neutral_{side}").tone for side in ("high", "low")} == {"plain"}


def test_an_unknown_status_is_not_judged():
    assert "not judged" in icons.status(None)
    assert "not judged" in icons.status("no such state")
    assert "no target" in icons.assurance(None)


def test_a_unit_that_the_catalogue_lacks_keeps_its_code():
    known = catalogue.load(ROOT / "data" / "catalogue")
    assert names.unit(known, "SCD7") == "SCD7 Serious and Organised Crime"
    assert names.unit(known, "SCD99") == "SCD99"


def test_units_are_sorted_by_number():
    assert sorted(["SCD10", "SCD2", "MPS"], key=names.by_number) == ["MPS", "SCD2", "SCD10"]
