"""What the audit's page says of a period: by hand-made lines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.access import LOCAL, look_as
from dashboard.access import audit as audits
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import Chosen, by_day, lines
from dashboard.access.witness import audit_of
from dashboard.errors import NotAllowedError, UsageError
from dashboard.reports.audit import asking, listing, overview
from tests.access.test_audit import attack

TODAY = date(2031, 7, 14)
AUDITOR = look_as("auditor")


@pytest.fixture
def audit(tmp_path):
    yield audit_of(tmp_path)
    audit_of.cache_clear()


@pytest.fixture
def at(monkeypatch):
    """Sets the audit's clock."""

    class Clock(datetime):
        moment = datetime(2031, 7, 14, 12, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):
            return cls.moment

    monkeypatch.setattr(audits, "datetime", Clock)

    def set_to(*moment: int) -> None:
        Clock.moment = datetime(*moment, tzinfo=UTC)

    set_to(2031, 7, 14, 12)
    return set_to


def asked(audit, **said: str) -> asking.Asked:
    return asking.asked_of_address(audit.file.parents[1], AUDITOR, "audrey", said, TODAY)


def view(audit, who: str, times: int = 1, rows: int = 5) -> None:
    for n in range(times):
        audit.record(Kind.record_view, who, f"records: page {n}", rows=rows, unit="SCD7")


def test_a_role_without_the_right_is_told_so(tmp_path):
    for role in (LOCAL, look_as("chair"), look_as("analyst"), look_as("ocu_commander", "SCD7")):
        with pytest.raises(NotAllowedError, match="may not read the audit"):
            asking.asked_of_address(tmp_path, role, "x", {}, TODAY)


def test_it_counts_what_was_done_and_says_that_the_chain_is_whole(audit, at):
    view(audit, "ann", 2)
    audit.record(Kind.export, "bob", "a.csv", rows=9)
    audit.record(Kind.refusal, "cy", "no")
    found = overview.overview(asked(audit))
    assert found.title == (
        "2 record views, 1 export, 0 own SQL statements and 1 refusal; "
        "the chain is whole up to line 5"  # with the look at its page
    )
    counts = {(row["kind"], row["n"]) for row in found.rows.to_pylist()}
    assert counts == {("record view", 2), ("export", 1), ("refusal", 1), ("audit", 1)}


def test_a_line_that_was_changed_is_said_first(audit, at):
    view(audit, "ann", 4)
    assert "whole up to" in overview.overview(asked(audit)).title
    attack(audit, "update audit_lines set rows = 1 where line = 2")
    assert overview.overview(asked(audit)).title == "The audit is not whole: line 2 was changed"


@pytest.mark.parametrize(
    ("views", "refusals", "said"),
    [
        # 3 times the middle of the others', 20 in all: both just short, then both there
        ({"ann": 19, "bob": 2, "cy": 2}, 0, None),
        ({"ann": 21, "bob": 7, "cy": 7}, 0, None),
        ({"ann": 22, "bob": 7, "cy": 7}, 0, "ann looked at records 22 times (110 records)"),
        ({"ann": 90, "bob": 1}, 0, None),  # of one other nothing is usual
        ({"ann": 1}, 4, None),
        ({"ann": 1}, 5, "dan was refused 5 times"),
    ],
)
def test_who_stands_out_is_said_first(audit, at, views, refusals, said):
    for who, times in views.items():
        view(audit, who, times)
    for n in range(refusals):
        audit.record(Kind.refusal, "dan", f"no {n}")
    title = overview.overview(asked(audit)).title
    assert title.startswith(said) if said else "record view" in title.split(";")[0]


def test_days_are_londons(audit, at):
    at(2031, 7, 12, 22, 59)  # 23:59 in London's summer
    view(audit, "ann")
    at(2031, 7, 12, 23, 0)
    view(audit, "ann", 2)
    at(2031, 1, 12, 23, 30)  # in winter hours are the same
    view(audit, "ann")
    views = Kind.record_view
    assert by_day(audit) == {
        (date(2031, 7, 12), views): 1,
        (date(2031, 7, 13), views): 2,
        (date(2031, 1, 12), views): 1,
    }
    chosen = Chosen(date(2031, 7, 13), date(2031, 7, 14))
    assert [line.line for line in lines(audit, chosen)] == [3, 2]


def test_filters_of_the_address_choose_lines(audit, at):
    view(audit, "ann", 2)
    view(audit, "bob")
    audit.record(Kind.export, "bob", "100%_of_it.csv", rows=9)
    audit.record(Kind.export, "bob", "1000 of it.csv", rows=9)

    def chosen(**said: str) -> list[int]:
        return [row["line"] for row in listing.chosen_lines(asked(audit, **said)).rows.to_pylist()]

    assert chosen(who="bob", kind="record view") == [3]
    assert chosen(words="ANN") == [2, 1]
    assert chosen(words="100%_of") == [4]  # what matches all in SQL is a letter here
    assert chosen(unit="SCD7") == [3, 2, 1]
    assert chosen(who="nobody", unit="SCD9") == []
    assert chosen(since="2031-07-15", until="2031-07-16") == []


def test_whom_an_auditor_looked_for_is_in_no_line(audit, at):
    asked(audit, who="ann", words="bob")
    (line,) = lines(audit)
    assert line.kind == Kind.audit and line.who == "audrey"
    assert "ann" not in line.what and "bob" not in line.what


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/12/2003", "x"])
def test_a_day_that_is_none_is_a_sentence(audit, day):
    with pytest.raises(UsageError):
        asked(audit, since=day)


def test_pages_follow_each_other_by_key_without_gap_or_overlap(audit, at, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 4)
    view(audit, "ann", 9)
    question = asked(audit, kind="record view")
    read, before = [], None
    while True:
        page = listing.page(question, before=before)
        read.append([row["line"] for row in page.shown.rows.to_pylist()])
        if page.older is None:
            break
        before = page.older
    assert read == [[9, 8, 7, 6], [5, 4, 3, 2], [1]]
    back = listing.page(question, after=page.newer)
    assert [row["line"] for row in back.shown.rows.to_pylist()] == [5, 4, 3, 2]
    assert listing.page(question, after=5).newer is None
    # What is written meanwhile moves no page.
    view(audit, "bob", 3)
    again = listing.page(question, before=6)
    assert [row["line"] for row in again.shown.rows.to_pylist()] == [5, 4, 3, 2]
