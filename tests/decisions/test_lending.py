"""Who can lend: never more than are in post, and where a move hurts least first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.decisions.moves import Move
from dashboard.errors import UsageError
from dashboard.reports.decisions import acts, lending
from tests.decisions.conftest import said

JULY = "2004-07-12"
OCUS = {"SCD6": "SCD6", "SCD6(1)": "SCD6", "SCD2": "SCD2"}


def lent(giver, officers):
    return Move(giver, "SCD8", officers, Decimal(0), "planned", Decimal(20), Decimal(1))


@pytest.mark.parametrize(
    ("moves", "refused"),
    [
        ([lent("SCD6", 336)], False),  # all of them
        ([lent("SCD6", 337)], True),
        ([lent("SCD6", 200), lent("SCD6(1)", 137)], True),  # a branch's officers are the unit's
        ([lent("SCD2", 900)], False),  # nobody knows how many are there
    ],
)
def test_no_unit_lends_more_officers_than_it_has_in_post(moves, refused):
    if not refused:
        return lending.check(moves, OCUS, {"SCD6": 336})
    with pytest.raises(UsageError, match="SCD6 has 336 officers in post: it can't lend 337"):
        lending.check(moves, OCUS, {"SCD6": 336})


def test_the_form_and_a_change_refuse_it(at):
    july = at(JULY)
    move = {"giver": "SCD6", "taker": "SCD8", "officers": 400}
    with pytest.raises(UsageError, match="336 officers in post: it can't lend 400"):
        acts.decide(july, "Ann", said(july, moves=[move]))
    made = acts.decide(july, "Ann", said(july, moves=[{**move, "officers": 4}]))
    with pytest.raises(UsageError, match="336 officers in post"):
        acts.change(july, "Ann", made["id"], made["version"], {"moves": [move]})


@pytest.mark.parametrize(
    ("takers", "named"),
    [
        ((), "A could lend most safely; against it: 1 alert."),
        (("A",), "B and C could lend most safely. B: nothing; C: not known."),  # it does not lend
        (("A", "B", "C"), ""),  # nobody can say it of D
    ],
)
def test_one_sentence_says_who_could_lend_and_what_speaks_against_it(takers, named):
    lenders = [
        {"unit_code": "A", "place": 1, "reason": "Against it: 1 alert"},
        {"unit_code": "B", "place": 2, "reason": "Nothing"},
        {"unit_code": "C", "place": 2, "reason": "Not known"},
        {"unit_code": "D", "place": None, "reason": ""},
    ]
    assert lending.safest(lenders, takers) == named
