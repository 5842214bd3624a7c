"""The audit: what is recorded, what is found, what is erased, and what is refused."""

from __future__ import annotations

import logging
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import event
from typer.testing import CliRunner

from dashboard.__main__ import app
from dashboard.access import audit as audits
from dashboard.access import audit_chain as chain
from dashboard.access.audit import Kind, open_audit
from dashboard.access.audit_reading import Chosen, lines
from dashboard.errors import AuditError, StoreError


@pytest.fixture
def audit(tmp_path):
    opened = open_audit(tmp_path)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def ten(audit):
    """Ten lines: views of SCD7's and SCD5's records in turn, by two people."""
    for n in range(1, 11):
        audit.record(
            Kind.record_view,
            "ann" if n % 2 else "bob",
            f"records of page {n}",
            rows=50,
            snapshot="abc",
            purpose="linked robberies" if n == 3 else None,
            unit="SCD7" if n % 2 else "SCD5",
        )
    return audit


def attack(audit, *statements):
    """What somebody does who can write the file: the triggers go first."""
    audit.engine.dispose()
    connection = sqlite3.connect(audit.file)
    for name in ("audit_no_update", "audit_no_delete"):
        connection.execute(f"drop trigger {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def forge(audit, first):
    """Makes the chain anew from a line on, as somebody would who knows how."""
    connection = sqlite3.connect(audit.file)
    connection.row_factory = sqlite3.Row
    previous = connection.execute(
        "select hash from audit_lines where line = ?", [first - 1]
    ).fetchone()["hash"]
    chosen = "select * from audit_lines where line >= ? order by line"
    for row in connection.execute(chosen, [first]).fetchall():
        line = dict(row) | {"previous": previous}
        previous = chain.line_hash(line)
        connection.execute(
            "update audit_lines set previous = ?, hash = ? where line = ?",
            [line["previous"], previous, line["line"]],
        )
    connection.commit()
    connection.close()


def test_a_line_says_who_when_what_how_many_from_which_snapshot_and_why(ten):
    line = lines(ten)[-3]
    assert (line.line, line.kind, line.who, line.what) == (
        3,
        "record view",
        "ann",
        "records of page 3",
    )
    assert (line.rows, line.snapshot, line.unit, line.purpose) == (
        50,
        "abc",
        "SCD7",
        "linked robberies",
    )
    assert line.at.utcoffset() is not None
    assert ten.faults({}) == []


def test_a_commander_sees_who_looked_at_own_records(ten):
    own = Chosen(units=("SCD7",))
    assert [line.line for line in lines(ten, own, limit=2)] == [9, 7]
    assert [line.line for line in lines(ten, own, before=7)] == [5, 3, 1]
    assert [line.line for line in lines(ten, own, limit=2, after=1)] == [5, 3]


@pytest.mark.parametrize(
    "statement", ["update audit_lines set rows = 1", "delete from audit_lines"]
)
def test_the_database_refuses_to_change_a_line(ten, statement):
    with sqlite3.connect(ten.file) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert ten.faults({}) == []


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["update audit_lines set what = 'nothing' where line = 4"], "line 4 was changed"),
        (["update audit_lines set rows = 5 where line = 10"], "line 10 was changed"),
        (["delete from audit_lines where line = 4"], "line 4 is gone"),
        (["delete from audit_lines where line < 3"], "lines 1 to 2 are gone"),
        (
            [
                "update audit_lines set line = 0 where line = 4",
                "update audit_lines set line = 4 where line = 5",
                "update audit_lines set line = 5 where line = 0",
            ],
            "line 4 does not follow on line 3",
        ),
        (["update audit_people set who = 'cy' where line = 4"], "line 4: who it was has been"),
        (["update audit_people set purpose = 'x' where line = 3"], "line 3: its purpose"),
        (["delete from audit_people where line = 4"], "line 4: who it was is gone"),
    ],
)
def test_an_edit_a_gap_and_an_exchange_are_found_and_named(ten, statements, fault):
    attack(ten, *statements)
    assert any(found.startswith(fault) for found in ten.faults({}))


def test_lines_cut_off_are_found_by_a_head_and_only_by_one(ten):
    head = dict([ten.log_head()])
    attack(ten, "delete from audit_lines where line > 7", "delete from audit_people where line > 7")
    assert ten.faults({}) == []
    assert ten.faults(head) == ["lines 8 to 10 are gone: the log has a head of line 10"]


def test_a_chain_made_anew_is_found_between_two_heads(ten):
    heads = dict([ten.log_head()])
    for n in range(5):
        ten.record(Kind.export, "ann", f"pack {n}", rows=1)
    heads |= dict([ten.log_head()])
    attack(ten, "update audit_lines set what = 'nothing' where line = 12")
    forge(ten, 12)
    assert ten.faults({}) == []  # this is what the heads are for
    (fault,) = ten.faults(heads)
    assert "from line 11 to line 15" in fault


def test_the_head_is_logged_at_start_every_hundred_lines_and_at_a_days_end(
    audit, caplog, monkeypatch
):
    caplog.set_level(logging.INFO, "dashboard.audit")
    audit.start()
    assert chain.read_heads(caplog.text) == {0: chain.FIRST}
    for n in range(201):
        audit.record(Kind.decision, "ann", f"decision {n}")
    assert sorted(chain.read_heads(caplog.text)) == [0, 100, 200]
    days = iter([date(2004, 7, 12), date(2004, 7, 13)])
    monkeypatch.setattr(audits, "day_of", lambda at: next(days))
    audit.record(Kind.decision, "ann", "the first of the next day")
    heads = chain.read_heads(caplog.text)
    assert sorted(heads) == [0, 100, 200, 201]
    assert audit.faults(heads) == []


def test_references_are_erased_by_rule_and_the_chain_still_holds(ten):
    heads = dict([ten.log_head()])
    assert ten.erase_person("ann") == 5
    assert ten.faults(heads) == []
    assert b"linked robberies" not in ten.file.read_bytes()
    kept = lines(ten)
    assert [line.who for line in kept] == ["the program", *["bob", None] * 5]
    assert (kept[0].kind, kept[-1].what) == ("erasure", "records of page 1")
    assert ten.erase_before(date(1999, 1, 1)) == 0  # nothing so old, and no line says otherwise
    assert ten.erase_before(date(2999, 1, 1)) == 6
    assert ten.faults(heads) == []
    # An erasure covers its own lines only.
    ten.record(Kind.export, "ann", "a pack")
    attack(ten, "delete from audit_people where who = 'ann'")
    assert ten.faults(heads) == ["line 13: who it was is gone, and no erasure says so"]


def full_disk(audit):
    """From now on the file may not grow, as on a disk that is full."""

    @event.listens_for(audit.engine, "connect")
    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")

    audit.engine.dispose()


def read_only(audit):
    @event.listens_for(audit.engine, "connect")
    def limit(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    audit.engine.dispose()


def removed(audit):
    audit.file.unlink()


@pytest.mark.parametrize("fault", [full_disk, read_only, removed])
def test_what_needs_a_record_is_refused_where_none_can_be_written(ten, caplog, fault):
    fault(ten)
    for kind in (Kind.record_view, Kind.export, Kind.statement):
        with pytest.raises(AuditError, match="this is refused") as caught:
            for n in range(60):  # what is left of the last page may take some lines yet
                ten.record(kind, "ann", f"{n} {'x' * 500}")
        assert caught.value.exit_code == 4
    # A decision goes on; the log says that its line is missing, and of nobody's name.
    assert ten.record(Kind.decision, "ann", "y" * 4000) is None
    assert "a line of the audit is missing (decision)" in caplog.text
    assert "ann" not in caplog.text


def test_a_folder_that_can_not_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "state").write_text("a file where the folder belongs")
    with pytest.raises(AuditError, match="can't be opened"):
        open_audit(tmp_path)


def test_the_lines_of_one_view_stand_together_or_not_at_all(ten, monkeypatch):
    """Who looks at records of three units waits for the disk once, and is told of all or none."""
    units = [("SCD1", 2), ("SCD7", 5), ("SCD8", 1)]
    before, real = ten.head()[0], audits.append
    assert ten.record_all(Kind.record_view, "ann", "records", units, "s") == [
        before + 1, before + 2, before + 3,
    ]  # fmt: skip
    assert ten.faults({}) == []

    def fails(connection, kind, who, purpose, what, unit, *rest):
        if unit == "SCD8":
            raise StoreError("the disk is full")
        return real(connection, kind, who, purpose, what, unit, *rest)

    monkeypatch.setattr(audits, "append", fails)
    with pytest.raises(AuditError, match="can't be recorded"):
        ten.record_all(Kind.record_view, "bob", "records", units, "s")
    assert ten.head()[0] == before + 3 and ten.faults({}) == []


def test_lines_written_at_once_make_one_chain(audit):
    with ThreadPoolExecutor(10) as pool:
        numbers = list(
            pool.map(lambda n: audit.record(Kind.export, f"p{n}", "a pack", n), range(60))
        )
    assert sorted(numbers) == list(range(1, 61))
    assert audit.faults({}) == []


def test_the_command_names_the_line_and_exits_1(ten, tmp_path):
    def said(*words):
        done = CliRunner().invoke(app, ["audit", *words, "--data", str(tmp_path)])
        return done.exit_code, done.output

    log = tmp_path / "server.log"
    code, head = said("head")
    log.write_text(f"2004-07-13 10:00 INFO {head}", "utf-8")
    assert said("verify", "--heads", str(log))[0] == 0
    attack(ten, "update audit_lines set rows = 1 where line = 6")
    code, words = said("verify", "--heads", str(log))
    assert (code, words.strip()) == (1, "line 6 was changed")
