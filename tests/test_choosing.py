"""A few of each kind, others at each commit, all of them where that is asked for."""

import pytest

from tests import choosing

ITEMS = range(40)


@pytest.fixture
def some(monkeypatch):
    monkeypatch.setattr(choosing, "EXHAUSTIVE", False)


def test_a_few_in_their_order_and_the_same_again(some):
    first = choosing.chosen(ITEMS, 3, "pages")
    assert len(first) == 3 and list(first) == sorted(first)
    assert choosing.chosen(ITEMS, 3, "pages") == first


def test_another_commit_and_another_test_choose_others(some, monkeypatch):
    picked = set()
    for commit in ("a", "b", "c", "d"):
        monkeypatch.setattr(choosing, "seed", lambda commit=commit: commit)
        picked |= {tuple(choosing.chosen(ITEMS, 3, name)) for name in ("pages", "packs")}
    assert len(picked) == 8


def test_no_more_than_there_are(some):
    assert choosing.chosen("ab", 3, "pages") == ["a", "b"]


def test_all_of_them_where_that_is_asked_for(monkeypatch):
    monkeypatch.setattr(choosing, "EXHAUSTIVE", True)
    assert choosing.chosen(ITEMS, 3, "pages") == list(ITEMS)
    assert choosing.many(10).max_examples == 10 * choosing.TIMES
