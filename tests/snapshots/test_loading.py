"""A file that comes in by a page: what it could be, what becomes of it, and the way back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dashboard import ingest, snapshots
from dashboard.access import LOCAL, look_as
from dashboard.access.audit_reading import Chosen, lines
from dashboard.access.witness import Witness, audit_of
from dashboard.errors import ContentError, DashboardError, NotAllowedError, UsageError
from dashboard.reports.snapshots import apart, loading
from dashboard.reports.snapshots.loading import Told, Upload
from tests.choosing import chosen
from tests.fuzz import hostile

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
FIRST = HEAD + "R1,2015-02-01,murder,Camden,SCD1\n"
MORE = FIRST + "R2,2015-02-02,murder,Brent,SCD1\nR3,2015-02-03,murder,Brent,SCD99\n"
CRIMES = Told("crimes", date(2015, 3, 1))


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Without a process of its own: what it adds has a test of its own."""
    monkeypatch.setattr(loading, "apart", lambda function, *values: function(*values))


def file(text: str, name: str = "crimes.csv") -> Upload:
    return Upload(name, text.encode())


def left_of(data: Path) -> list[str]:
    """What an upload could have left, beside what is staged and rejected."""
    return sorted(path.name for path in (data / "state").glob("*") if "upload" in path.name)


def kept_files(data):
    """All files but what is reckoned of a snapshot by whoever looks at it first."""
    files = (path for path in data.rglob("*") if path.is_file())
    return sorted(path for path in files if "completed" not in path.parts)


def test_trying_changes_nothing_and_tells_what_staging_then_does(folder):
    folder.load("crimes", FIRST, "2015-02-20")
    folder.publish("2015-02-21")
    before = kept_files(folder.data)
    tried = loading.try_out(folder.data, LOCAL, file(MORE), CRIMES)
    assert (tried.account.rows_accepted, tried.account.rows_rejected) == (2, 1)
    assert tried.rejects == (("4", "ocu", "SCD99", "of a unit that organisation.csv has not"),)
    found = loading.changes(folder.data, LOCAL, "ann", file(MORE), CRIMES)
    assert found.as_at == date(2015, 3, 2) and not found.same
    assert kept_files(folder.data) == before
    witness = Witness(folder.data, "ann")
    account = loading.stage(folder.data, LOCAL, witness, file(MORE), CRIMES)
    assert (account.rows_accepted, account.rows_rejected) == (2, 1)
    assert folder.publish("2015-03-02").id == found.id
    assert left_of(folder.data) == []


def test_who_stages_lets_pass_and_withdraws_stands_in_the_audit_without_the_files_name(folder):
    witness = Witness(folder.data, "ann")
    old = "".join(f"R{n},2014-01-{n % 28 + 1:02d},murder,Camden,SCD1\n" for n in range(60))
    loading.stage(folder.data, LOCAL, witness, file(HEAD + old, "jo bloggs.csv"), CRIMES)
    part = file(HEAD + old[: old.index("R7")], "jo bloggs.csv")
    later = Told("crimes", date(2015, 3, 8))
    assert loading.stage(folder.data, LOCAL, witness, part, later).held
    number = loading.staged(folder.data, LOCAL)[0].sequence
    with pytest.raises(UsageError, match="why"):
        loading.let_pass(folder.data, LOCAL, witness, number, " ")
    loading.let_pass(folder.data, LOCAL, witness, number, "it was split")
    assert loading.staged(folder.data, LOCAL)[0].passed["by"] == "ann"
    loading.take_back(folder.data, LOCAL, witness, number)
    assert len(ingest.staged(folder.data)) == 1
    kept = lines(audit_of(folder.data), Chosen(who="ann"))
    assert [line.what.partition(":")[0] for line in reversed(kept)] == [
        "staged", "staged", "let pass", "withdrawn",
    ]  # fmt: skip
    assert {line.kind for line in kept} == {"file loaded"}
    assert not any("bloggs" in line.what for line in kept)


@pytest.mark.parametrize("role", ["chair", "ocu_commander", "borough_viewer", "auditor"])
def test_who_may_not_load_is_refused_whatever_they_ask(folder, role):
    other = look_as(role, "SCD7", "E09000007")
    witness = Witness(folder.data, "bob")
    for ask in (
        lambda: loading.look(folder.data, other, file(FIRST)),
        lambda: loading.try_out(folder.data, other, file(FIRST), CRIMES),
        lambda: loading.changes(folder.data, other, "bob", file(FIRST), CRIMES),
        lambda: loading.stage(folder.data, other, witness, file(FIRST), CRIMES),
        lambda: loading.staged(folder.data, other),
        lambda: loading.take_back(folder.data, other, witness, 1),
        lambda: loading.let_pass(folder.data, other, witness, 1, "x"),
    ):
        with pytest.raises(NotAllowedError):
            ask()
    assert not (folder.data / "staging").exists()


def test_beside_the_sample_nothing_is_staged(sample_data):
    before = len(ingest.staged(sample_data))
    with pytest.raises(ContentError, match="sample"):
        loading.stage(sample_data, LOCAL, Witness(sample_data, "ann"), file(FIRST), CRIMES)
    assert len(ingest.staged(sample_data)) == before


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\x\\crimes.csv", "crimes.csv"), ("..", "file"),
        ("", "file"), ("a\0b\n.csv", "ab.csv"), ("fr\u202eaud.csv", "fraud.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"), ("crimes.csv:stream", "crimes.csvstream"),
    ],
)  # fmt: skip
def test_a_name_is_a_file_in_its_folder_and_nothing_else(said, name):
    assert Upload(said, b"").plain_name == name


def test_the_day_of_a_name_is_the_last_real_one():
    assert Upload("x 2015-01-02 to 2015-02-03.csv", b"").day == date(2015, 2, 3)
    assert Upload("x 2015-02-30.csv", b"").day is None and Upload("x.csv", b"").day is None


@pytest.mark.parametrize("seed", chosen(list(range(200)), 12, "hostile uploads"))
def test_whatever_is_brought_is_refused_in_a_sentence_or_accounted_for_and_leaves_nothing(
    folder, seed
):
    chance = Random(seed)
    own = hostile.packaged()
    kind = chance.choice(hostile.kinds_of(own))
    name, content = hostile.file(kind, own, chance)
    brought = Upload(name, content)
    for ask in (
        lambda: loading.look(folder.data, LOCAL, brought),
        lambda: loading.try_out(folder.data, LOCAL, brought, Told(kind, date(2015, 3, 1))),
    ):
        try:
            ask()
        except DashboardError as error:
            assert "incident" not in str(error) and str(folder.data) not in str(error)
    assert left_of(folder.data) == [] and not (folder.data / "staging").exists()


def test_a_process_of_its_own_gives_the_answer_and_the_refusal(folder, monkeypatch):
    monkeypatch.setattr(loading, "apart", apart.apart)
    folder.load("crimes", FIRST, "2015-02-20")
    found = loading.look(folder.data, LOCAL, file(MORE))
    assert found.likeliest is not None and found.likeliest.kind == "crimes"
    with pytest.raises(ContentError, match="JSON"):
        loading.look(folder.data, LOCAL, file('{"a": 1}'))
    with pytest.raises(RuntimeError):
        apart.apart(os._exit, 3)
    assert snapshots.listing(folder.data) == []
