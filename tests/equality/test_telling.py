"""Counts of people are told once in twelve months: no two tables count a person twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import reports, snapshots
from dashboard.__main__ import app
from dashboard.errors import NotAllowedError
from dashboard.reports.equality import completeness, groups, staff
from dashboard.reports.equality.telling import FIRST, told_by, withheld
from dashboard.snapshots import SnapshotInfo
from dashboard.store import keep_pattern, kept_for, open_store

HEAD = "crime_ref,reported_on,offence,borough,ocu,victim_kind,victim_sex\n"


def published(name: str, as_at: str, at: str = "2031-01-01") -> SnapshotInfo:
    return SnapshotInfo(date.fromisoformat(as_at), name, Path(name), at, {})


def names(*listed: SnapshotInfo, kept: dict[str, date] | None = None) -> list[str]:
    return [item.id for item in told_by(listed, kept or {})]


def test_the_next_is_told_when_the_first_ones_twelve_months_are_over():
    april, march, fools, may = (
        published(name, day)
        for name, day in (
            ("april", "2004-04-05"),
            ("march", "2005-04-04"),
            ("fools", "2005-04-05"),
            ("may", "2005-05-02"),
        )
    )
    assert names(may, march, april) == ["april", "may"]
    assert names(march, april) == ["april"]
    assert names(april, march, fools, may) == ["april", "fools"]


def test_a_day_that_is_published_late_tells_nothing_that_overlaps_what_was_told():
    may, april = published("may", "2004-05-03"), published("april", "2004-04-05")
    assert names(may) == ["may"]
    assert names(may, april) == ["april"]  # nobody has looked at May's
    assert names(may, april, kept={"may": may.as_at}) == ["may"]


def test_what_was_told_counts_after_it_was_pruned():
    assert names(published("may", "2004-05-03"), kept={"gone": date(2004, 4, 5)}) == []


def test_of_two_of_a_day_the_one_that_told_stands_else_the_newer():
    first = published("first", "2004-04-05", "2031-01-01")
    second = published("second", "2004-04-05", "2031-01-02")
    assert names(first, second) == ["second"]
    assert names(first, second, kept={"first": first.as_at}) == ["first"]


def victims(count: int) -> str:
    return HEAD + "".join(
        f"c{number},2004-0{number % 3 + 1}-10,kidnap,Camden,SCD7,person,{sex}\n"
        for number, sex in enumerate(["female"] * count + ["male"] * 40)
    )


@pytest.fixture
def two_days(folder):
    """Six women are told; a fortnight later one of the reports was no crime, so that five are left
    of which a reader would know one."""
    folder.load("crimes", victims(6), "2004-04-04")
    folder.publish("2004-04-05")
    folder.load("crimes", victims(5).replace("c5,", "c6,"), "2004-04-18")
    folder.publish("2004-04-19")
    return folder.data


def asking(data: Path, as_at: str) -> reports.Request:
    return reports.open_request(date.fromisoformat(as_at), data=data)


def test_a_later_day_shows_the_table_that_was_told(two_days):
    first, second = (
        groups.victims(asking(two_days, day), "victim_sex") for day in ("2004-04-05", "2004-04-19")
    )
    assert first.rows == second.rows
    assert first.stamp.as_at == second.stamp.as_at == date(2004, 4, 5)
    assert any("Told once in twelve months, as at 5 April 2004" in note for note in second.notes)
    assert set(kept_for(open_store(two_days), FIRST).values()) == {date(2004, 4, 5)}


def test_where_another_day_has_told_nothing_is(two_days):
    april = asking(two_days, "2004-04-19")
    keep_pattern(open_store(two_days), "gone", date(2004, 5, 3), FIRST, [])
    assert "here as at 3 May 2004" in withheld(april)
    for ask in (completeness.completeness, staff.workforce):
        with pytest.raises(NotAllowedError, match="once in twelve months"):
            ask(april)


def test_pruning_spares_what_was_told(two_days, monkeypatch):
    groups.victims(asking(two_days, "2004-04-19"), "victim_sex")
    spared = []
    monkeypatch.setattr(snapshots, "prune", lambda _data, keep: spared.extend(keep) or [])
    assert CliRunner().invoke(app, ["snapshots", "prune", "--data", str(two_days)]).exit_code == 0
    assert spared == [asking(two_days, "2004-04-05").snapshot.id]


def test_what_was_hidden_once_stays_hidden(two_days):
    """Another program may choose other cells: those that are held on paper stay hidden too."""
    request = asking(two_days, "2004-04-05")
    cell = ("victims", "All", "Female")
    name = f"{FIRST} victim_sex"
    keep_pattern(open_store(two_days), request.snapshot.id, request.as_at, name, [cell])
    rows = groups.victims(request, "victim_sex").rows.to_pylist()
    assert [row["n"] for row in rows if (row["unit_code"], row["group"]) == cell[1:]] == [None]
