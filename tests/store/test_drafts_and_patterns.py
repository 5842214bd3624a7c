"""Drafts are a person's own; a pattern that was kept stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from dashboard.errors import UsageError
from dashboard.store import draft, drafts, forget_draft, keep_draft, keep_pattern, kept_for
from dashboard.ui.shell import settings


def test_a_draft_is_kept_replaced_and_forgotten(store):
    assert draft(store, "ann", "decision:new") is None
    keep_draft(store, "ann", "decision:new", {"what": "pat"})
    keep_draft(store, "ann", "decision:new", {"what": "patrols", "how_sure": 70})
    keep_draft(store, "ann", "comment:7", {"words": ""})
    assert draft(store, "ann", "decision:new") == {"what": "patrols", "how_sure": 70}
    assert list(drafts(store, "ann")) == ["comment:7", "decision:new"]
    forget_draft(store, "ann", "decision:new")
    forget_draft(store, "ann", "never:was")
    assert list(drafts(store, "ann")) == ["comment:7"]


def test_nobody_sees_another_persons_draft(store):
    keep_draft(store, "ann", "decision:new", {"what": "patrols"})
    assert draft(store, "bob", "decision:new") is None
    assert drafts(store, "bob") == {}


def written(store, days: int) -> None:
    """A draft of a browser, kept so many days before the others."""
    then = datetime.now(UTC) - timedelta(days=days)
    with patch("dashboard.store.drafts.now", lambda: then):
        keep_draft(store, f"local {days}", "decision:new", {"what": "patrols"})


def test_a_draft_that_nobody_goes_on_with_is_gone_after_as_many_days_as_are_set(store, monkeypatch):
    for days in (91, 89, 8, 6):  # the older first: kept, it would take the others along
        written(store, days)
    keep_draft(store, "ann", "decision:new", {})
    assert [bool(drafts(store, f"local {days}")) for days in (91, 89, 8, 6)] == [0, 1, 1, 1]
    monkeypatch.setenv("DASHBOARD_DRAFT_DAYS", "7")
    keep_draft(store, "ann", "decision:new", {})
    assert [bool(drafts(store, f"local {days}")) for days in (89, 8, 6)] == [0, 0, 1]
    assert drafts(store, "ann")


@pytest.mark.parametrize("said", ["0", "-1", "soon", "1.5"])
def test_days_that_are_none_are_refused(store, monkeypatch, said):
    monkeypatch.setenv("DASHBOARD_DRAFT_DAYS", said)
    with pytest.raises(UsageError, match="whole number of days"):
        keep_draft(store, "ann", "decision:new", {})
    assert drafts(store, "ann") == {}
    with pytest.raises(UsageError, match="whole number of days"):
        settings.read()  # so that a server says it, before anybody types


def test_the_first_pattern_of_a_table_stands(store):
    first, other = [["F", "18-24"]], [["M", "25-34"]]
    assert keep_pattern(store, "abc", date(2004, 6, 28), "victims", first) == first
    assert keep_pattern(store, "abc", date(2004, 6, 28), "victims", other) == first
    assert keep_pattern(store, "def", date(2004, 7, 12), "victims", other) == other


def test_a_later_as_at_reads_which_earlier_ones_told(store):
    keep_pattern(store, "may", date(2004, 5, 31), "victims sex", ["a"])
    keep_pattern(store, "may", date(2004, 5, 31), "victims age", ["b"])
    keep_pattern(store, "july", date(2004, 7, 12), "victims sex", ["c"])
    keep_pattern(store, "other", date(2004, 5, 31), "workforce", ["d"])
    assert kept_for(store, "victims") == {"may": date(2004, 5, 31), "july": date(2004, 7, 12)}
