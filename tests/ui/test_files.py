"""Files to take away: whose they are, and how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.access import look_as
from dashboard.access.roles import PACKAGED
from dashboard.errors import NotAllowedError
from dashboard.ui.kit import basket
from dashboard.ui.kit.files import Offer, Shelf
from dashboard.ui.kit.person import Person

OFFER = Offer("one", "ann's", lambda: True, "a.csv", lambda: b"rows")


@pytest.fixture
def open_windows() -> set[str]:
    return {"one", "two"}


@pytest.fixture
def shelf(open_windows) -> Shelf:
    return Shelf(open_windows.__contains__)


def test_it_is_taken_by_the_browser_that_it_was_offered_to(shelf):
    address = shelf.put("csv", OFFER)
    assert shelf.take(address, "ann's").make() == b"rows"
    assert shelf.take(address, "ann's").type == "text/csv"
    for other in ("bob's", ""):
        with pytest.raises(NotAllowedError):
            shelf.take(address, other)
    with pytest.raises(NotAllowedError):
        shelf.take("guessed", "ann's")


def test_a_browser_that_was_told_nothing_takes_nothing(shelf):
    with pytest.raises(NotAllowedError):
        shelf.take(shelf.put("csv", replace(OFFER, browser="")), "")


def test_it_ends_with_its_session_and_no_other(shelf, open_windows):
    mine, other = shelf.put("csv", OFFER), shelf.put("csv", replace(OFFER, session="two"))
    open_windows.remove("one")
    with pytest.raises(NotAllowedError):
        shelf.take(mine, "ann's")
    assert shelf.take(other, "ann's")
    assert list(shelf._offers) == [other]  # nothing is held of what ended


def test_it_ends_with_the_sign_in_and_with_the_role(shelf, tmp_path, monkeypatch):
    """A file that was offered while somebody held a role is not given once the role is gone."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    (tmp_path / "catalogue").mkdir()
    roles = tmp_path / "catalogue" / "roles.toml"
    roles.write_text((PACKAGED / "roles.toml").read_text("utf-8"), "utf-8")
    until = datetime.now(UTC) + timedelta(hours=1)
    ann = Person("p1", "Ann", look_as("analyst"), until, {"groups": ["scd-analyst"]})
    address = shelf.put("csv", replace(OFFER, still=ann.still))
    assert shelf.take(address, "ann's")
    shelf.put("csv", replace(OFFER, still=replace(ann, until=until - timedelta(hours=2)).still))
    with pytest.raises(NotAllowedError):
        shelf.take(address, "ann's")
    shelf.put("csv", replace(OFFER, still=ann.still))
    roles.write_text(roles.read_text("utf-8").replace('"scd-analyst"', '"others"'), "utf-8")
    with pytest.raises(NotAllowedError):
        shelf.take(address, "ann's")


def test_the_same_key_keeps_its_address_and_gives_the_newest(shelf):
    first = shelf.put("csv", OFFER)
    assert shelf.put("csv", replace(OFFER, make=lambda: b"newer")) == first
    assert shelf.take(first, "ann's").make() == b"newer"
    assert shelf.put("pdf", OFFER) != first


def test_a_basket_is_one_persons_and_goes_after_its_windows(monkeypatch, open_windows):
    basket.baskets.clear()
    monkeypatch.setattr(basket.person, "living", open_windows.__contains__)
    clock = [0.0]
    monkeypatch.setattr(basket.time, "monotonic", lambda: clock[0])
    anns = basket.basket_of("ann", "one")
    assert basket.basket_of("bob", "two") is not anns
    open_windows.remove("one")
    clock[0] = basket.LINGER_SECONDS - 1
    assert basket.basket_of("ann", "") is anns  # as a link opens the next window
    clock[0] += basket.LINGER_SECONDS + 1
    basket.basket_of("bob", "two")
    assert basket.basket_of("ann", "one") is not anns
    basket.baskets.clear()
