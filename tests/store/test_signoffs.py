"""Signatures in the store: once by each who saw it last, kept for ever, as they stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import DIFFERENCE, RETURN, Subject
from dashboard.errors import UsageError
from dashboard.store import ConflictError, changes, keeping, open_store

TEN = datetime(2004, 6, 15, 10, tzinfo=UTC)
MAY = Subject(RETURN, "SCD6", date(2004, 5, 1))
GAP = Subject(DIFFERENCE, "SCD7", date(2004, 5, 1), "commercial_robbery")


def sign(data, subject=MAY, *, version=None, who="Ann", at=TEN, reason="", digest="a"):
    figures = {"digest": digest}
    return signoffs.sign(
        data, who, at, subject, figures, reason, date(2004, 6, 14), "snap", version
    )


def test_a_signature_is_known_from_its_moment_on_and_not_before(data):
    sign(data)
    assert signoffs.signoffs_at(data, TEN) == {}
    row = signoffs.signoffs_at(data, TEN + timedelta(microseconds=1))[MAY]
    assert (row["changed_by"], row["state"], row["figures"]) == ("Ann", "signed", {"digest": "a"})


def test_the_second_who_signs_learns_who_was_faster(data):
    sign(data)
    with pytest.raises(ConflictError, match="Ann") as told:
        sign(data, who="Bob")
    assert told.value.now["version"] == 1
    # Having seen the first, the second signs over it; who saw what stood before does not.
    sign(data, who="Bob", version=1, digest="b")
    with pytest.raises(ConflictError, match="Bob"):
        sign(data, who="Cat", version=1)
    assert signoffs.signoff_now(data, MAY)["figures"] == {"digest": "b"}


def test_a_signature_is_withdrawn_with_a_reason_and_once(data):
    sign(data)
    with pytest.raises(UsageError, match="why"):
        signoffs.withdraw(data, "Ann", TEN, MAY, 1, " ")
    signoffs.withdraw(data, "Ann", TEN, MAY, 1, "wrong month")
    with pytest.raises(UsageError, match="already"):
        signoffs.withdraw(data, "Ann", TEN, MAY, 2, "again")
    past = changes(open_store(data), signoffs.signoffs, MAY.row_id)
    assert [line.after["state"] for line in past] == ["signed", "withdrawn"]


def test_a_difference_is_signed_with_its_reason_and_a_return_without(data):
    with pytest.raises(UsageError, match="differ"):
        sign(data, GAP, reason="  ")
    assert sign(data, GAP, reason=" printed twice ")["reason"] == "printed twice"
    assert sign(data)["reason"] is None


def test_each_month_unit_and_measure_is_signed_for_itself():
    others = [
        Subject(RETURN, "SCD6", date(2004, 6, 1)),
        Subject(RETURN, "SCD7", date(2004, 5, 1)),
        Subject(DIFFERENCE, "SCD6", date(2004, 5, 1), "gun_crime"),
        Subject(DIFFERENCE, "SCD6", date(2004, 5, 1), "homicides"),
    ]
    assert len({item.row_id for item in (MAY, *others)}) == 5


def test_signatures_go_with_the_store_from_one_folder_to_another(data, tmp_path, monkeypatch):
    sign(data)
    sign(data, version=1, digest="b", at=TEN + timedelta(days=28))
    file = tmp_path / "dump.jsonl"
    keeping.dump(data, file)
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    other = tmp_path / "other"
    keeping.restore(other, file)
    assert signoffs.signoff_now(other, MAY)["figures"] == {"digest": "b"}
    # As it stood at the meeting before: under what was signed then.
    between = signoffs.signoffs_at(other, TEN + timedelta(days=1))
    assert between[MAY]["figures"] == {"digest": "a"}


def test_nothing_is_made_by_looking(data):
    assert signoffs.signoff_now(data, MAY) is None and signoffs.signoffs_at(data, TEN) == {}
    assert not (data / "state" / "store.sqlite").exists()
