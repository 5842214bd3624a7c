"""The one way into the audit: what a request shows is told, to each who is shown it."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from dashboard import reports
from dashboard.access import witness as witnesses
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import lines
from dashboard.access.witness import Witness, audit_of, whose
from dashboard.errors import AuditError
from dashboard.reports.explore import questions
from dashboard.reports.measure import chart_rows
from dashboard.reports.overtime.exceptions import exceptions
from dashboard.reports.unit import records
from tests.access.test_audit import full_disk, read_only, removed
from tests.access.test_records import AS_AT, loaded


@pytest.fixture
def request_of(folder):
    loaded(folder)

    def made(who: str) -> reports.Request:
        return reports.open_request(AS_AT, data=folder.data, who=who)

    yield made
    audit_of.cache_clear()  # its file goes with the test


def told(request, *kinds: Kind) -> list[tuple]:
    """Who, unit and rows of the lines of the kinds, oldest first."""
    found = [line for line in lines(audit_of(request.data)) if line.kind in kinds]
    return [(line.who, line.unit, line.rows) for line in reversed(found)]


def test_records_are_told_by_the_unit_that_they_are_of():
    rows = pa.table({"crime_ref": ["a", "b", "c"], "ocu": ["SCD7", "SCD6", "SCD7"]})
    assert whose(rows, "SCD") == {"SCD7": 2, "SCD6": 1}
    assert whose(rows.drop_columns(["ocu"]), "SCD7") == {"SCD7": 3}
    assert whose(rows.drop_columns(["crime_ref"]), "SCD7") == {}
    assert whose(rows.slice(0, 0), "SCD7") == {"SCD7": 0}  # that there are none was looked at


def test_each_who_looks_is_told_though_the_report_was_made_before(request_of):
    """A report that is kept told the first of a role only."""
    for who in ("ann", "bob"):
        exceptions(request_of(who), "SCD")
    seen = told(request_of("ann"), Kind.record_view)
    units = [("SCD6", 2), ("SCD7", 2)]
    assert sorted(seen) == sorted((who, *unit) for who in ("ann", "bob") for unit in units)


def test_the_same_rows_again_are_the_same_view_for_ten_minutes(request_of, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(witnesses.time, "monotonic", lambda: clock[0])
    for seconds in (0, witnesses.AGAIN_SECONDS - 1, 1):
        clock[0] += seconds
        exceptions(request_of("ann"), "SCD7")
    assert told(request_of("ann"), Kind.record_view) == [("ann", "SCD7", 2)] * 2


def test_a_named_query_and_own_sql_tell_before_they_answer(request_of):
    ann = request_of("ann")
    span = {"since": date(2004, 1, 1), "until": AS_AT, "limit": 99, "offset": 0}
    assert ann.answer("records", measure="kidnaps", unit="SCD7", **span).rows.num_rows == 5
    assert told(ann, Kind.record_view) == [("ann", "SCD7", 5)]
    questions.answer_of(ann, "select ocu, count(*) as n from crimes group by ocu")
    assert told(ann, Kind.statement) == [("ann", None, None)]


def test_whoever_is_not_named_is_the_systems_user(request_of, monkeypatch):
    monkeypatch.setattr(witnesses.getpass, "getuser", lambda: "wpc9")
    exceptions(request_of(""), "SCD7")
    assert told(request_of(""), Kind.record_view) == [("local wpc9", "SCD7", 2)]


def test_an_account_without_a_name_has_its_number(monkeypatch):
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(witnesses.getpass, "getuser", nobody)
    assert witnesses.local_user().removeprefix("local ").isdecimal()


@pytest.mark.parametrize("fault", [full_disk, read_only, removed])
def test_records_and_own_sql_are_refused_untold_and_totals_are_not(request_of, fault):
    ann = request_of("ann")
    audit = audit_of(ann.data)
    fault(audit)
    if fault is full_disk:  # what is left of the last page takes some lines yet
        while audit.record(Kind.decision, "ann", "x") is not None:
            pass
    track = chart_rows.track_of(ann, "SCD7", "kidnaps")
    assert track.year[-1].numerator == 5
    with pytest.raises(AuditError, match="can't be recorded"):
        records.records_behind(ann, track)
    with pytest.raises(AuditError, match="can't be recorded"):
        questions.answer_of(ann, "select count(*) as n from crimes")
    with pytest.raises(AuditError, match="can't be recorded"):
        Witness(ann.data, "ann").export("a file")
    assert ann.answer("measure_coverage").rows.num_rows
