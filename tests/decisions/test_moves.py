"""Officers, hours and pounds from unit to unit: nothing is lost on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import catalogue
from dashboard.decisions import moves
from dashboard.errors import NotFoundError, UsageError

CATALOGUE = catalogue.load("data/catalogue")
DAY = date(2004, 7, 13)
ASKED = {"giver": "SCD1", "taker": "SCD7", "officers": 6, "hours": "120.5", "category": "planned"}


def test_the_cost_is_hours_at_the_catalogues_rate_of_the_day():
    rest = moves.move(CATALOGUE, DAY, ASKED | {"category": "rest_day"}, Decimal("18.20"))
    assert rest.cost_gbp == Decimal("4386.20")  # double time in 2004
    later = moves.move(
        CATALOGUE, date(2013, 1, 1), ASKED | {"category": "rest_day"}, Decimal("18.20")
    )
    assert later.cost_gbp == Decimal("3289.65")  # time and a half since 2012


@given(
    hours=st.decimals("0.01", "999.99", places=2),
    plain=st.decimals("0.01", "99.99", places=2),
    category=st.sampled_from(["casual", "planned", "rest_day", "court"]),
)
def test_a_move_and_its_reverse_cancel_to_the_penny(hours, plain, category):
    there = moves.move(CATALOGUE, DAY, ASKED | {"hours": hours, "category": category}, plain)
    balance = moves.balance([there, there.reverse()])
    assert balance == {unit: (0, Decimal(0), Decimal("0.00")) for unit in ("SCD1", "SCD7")}
    one = moves.balance([there])
    assert one["SCD1"][2] == -one["SCD7"][2] == -there.cost_gbp
    assert moves.kept_moves([there.kept()]) == [there]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"taker": "SCD1"}, UsageError),
        ({"taker": "SCD77"}, NotFoundError),
        ({"officers": 0, "hours": 0}, UsageError),
        ({"hours": "-1"}, UsageError),
        ({"hours": "many"}, UsageError),
        ({"category": "gift"}, NotFoundError),
    ],
)
def test_what_can_not_be_moved_is_refused(changed, error):
    with pytest.raises(error):
        moves.move(CATALOGUE, DAY, ASKED | changed, Decimal(18))
