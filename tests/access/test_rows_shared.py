"""Rows that are asked once for all who see the same figures are what each of them would be told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard import queries, reports, snapshots
from dashboard.access import Scope
from dashboard.reports.explore import questions
from dashboard.reports.request import Request, seen
from tests.access.attacker import commanders
from tests.access.matrix import organisation, roles
from tests.access.test_matrix import values
from tests.choosing import chosen

WHO = {name: role for name, role in (roles() | commanders()).items() if role.sees != "none"}
OF_RECORDS = re.compile(r"\b(\w+_open|claim_open|opened_units)\b")  # what hangs on whose are open
ASKED = sorted(queries.find("reports"))


@pytest.fixture(scope="module")
def request_(sample_data) -> Request:
    return reports.open_request(date(2004, 7, 12), data=sample_data)


def asked(request: Request, name: str, unit: str) -> tuple:
    known = questions.questions(request)
    given = values(known[name], unit) if name in known else {}
    return tuple(sorted((key, value or None) for key, value in given.items()))


def read(name: str) -> set[str]:
    """What the SQL reads of records, by its words alone."""
    return set(OF_RECORDS.findall(re.sub(r"--.*|days_open|as \w+", "", queries.report(name).sql)))


@pytest.mark.parametrize("name", chosen(ASKED, 12, "shared rows"))
def test_each_scope_would_be_told_what_is_kept_for_all(request_, name):
    query, open_ones = queries.report(name), organisation().kinds()
    for unit in chosen(open_ones.values(), 1, f"unit of {name}"):
        params = asked(request_, name, unit)
        for scope in {
            Request(request_.snapshot, request_.data, role).scope for role in WHO.values()
        }:
            kept = seen.shared(request_.snapshot, scope.figures, query, params)
            if kept is None:
                continue
            alone = snapshots.connect(request_.snapshot, scope).run(query, dict(params))
            own = seen.in_view(alone, scope)
            assert sorted(map(repr, kept.to_pylist())) == sorted(map(repr, own.to_pylist())), scope


@pytest.mark.parametrize("name", ASKED)
def test_what_reads_records_is_kept_for_each_scope_alone(request_, name):
    figures = Scope("all", None, frozenset())
    params = asked(request_, name, organisation().kinds()["own"])
    shared = seen.shared(request_.snapshot, figures, queries.report(name), params)
    assert (shared is None) == bool(read(name)), f"{name} reads {read(name)}"


def test_of_the_same_question_of_records_each_commander_is_told_the_own(request_):
    span = {"since": date(2004, 4, 1), "until": date(2004, 7, 12), "limit": 10_000}
    told = {}
    for role in commanders().values():
        request = Request(request_.snapshot, request_.data, role)
        told[role.unit] = set(
            request.run("arrivals", unit=request.force, **span)["ocu"].to_pylist()
        )
    assert all(units <= {unit} for unit, units in told.items())
    assert sum(map(bool, told.values())) > 1
