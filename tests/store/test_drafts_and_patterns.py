"""Drafts are a person's own; a pattern that was kept stands."""

from __future__ import annotations

from datetime import date

from dashboard.store import draft, drafts, forget_draft, keep_draft, keep_pattern, kept_for


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
