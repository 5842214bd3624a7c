"""The panel of terms: each is a word that the pages use, and none is a statistician's."""

from __future__ import annotations

from dashboard.words import terms
from tests.figures.walk import NAMES_OF_STATISTICS


def test_no_term_is_explained_by_a_statistics_name():
    for term, words in terms.terms().items():
        assert NAMES_OF_STATISTICS.findall(f"{term} {words}") == []
        assert words.endswith(".") and len(words) < 240
