"""Which decisions concern a borough."""

from __future__ import annotations

import pytest

from dashboard.reports.decisions import acts, there
from tests.decisions.conftest import CAMDEN, HACKNEY, ISLINGTON, said


@pytest.mark.parametrize(
    ("boroughs", "origin", "alone", "listed"),
    [
        ([HACKNEY], None, True, True),
        ([HACKNEY, CAMDEN], None, False, True),
        ([HACKNEY, CAMDEN], None, True, False),  # who sees one area is told of no other
        (None, {"borough": f"{ISLINGTON}+{HACKNEY}"}, False, True),  # raised from what is there
        ([CAMDEN], None, False, False),
        (None, None, False, False),  # of a whole unit
    ],
)
def test_a_decision_concerns_where_it_acts_and_where_it_was_raised(boroughs, origin, alone, listed):
    row = {"boroughs": boroughs, "origin": origin}
    assert there.concerns(row, HACKNEY, alone=alone) == listed


def test_a_boroughs_own_are_listed_and_no_others(at):
    july = at("2004-07-12")
    assert "No decision" in there.there(july, CAMDEN).title
    made = acts.decide(july, "Ann", said(july))
    found = there.there(july, CAMDEN)
    assert found.rows["id"].to_pylist() == [made["id"]] and "Camden" in found.title
    assert not there.there(july, HACKNEY).rows.num_rows
