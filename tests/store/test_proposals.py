"""Proposed targets in the store: decided once, and accepted ones as dated rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.catalogue import Target
from dashboard.decisions import proposals
from dashboard.errors import UsageError

SAID = {
    "unit_code": "SCD7",
    "measure": "networks_disrupted",
    "since": date(2004, 4, 1),
    "until": date(2005, 4, 1),
    "target": "60",
    "basis": "level",
    "reason": "two more teams",
    "priority": "organised_crime",
    "as_at": date(2004, 6, 28),
    "snapshot_id": "snap",
}


def test_proposals_are_decided_once_on_either_database(data):
    moment = datetime(2004, 6, 29, 10, tzinfo=UTC)
    row = proposals.propose(data, "Commander", moment, SAID)
    with pytest.raises(UsageError, match="why"):
        proposals.decide(data, "Chair", moment, row["id"], 1, "declined", "")
    proposals.decide(data, "Chair", moment, row["id"], 1, "accepted", "")
    (held,) = proposals.accepted(data)
    assert held == Target(
        "networks_disrupted", "SCD7", date(2004, 4, 1), date(2005, 4, 1), date(2004, 6, 29),
        60.0, "level", "accepted", held.source,
    )  # fmt: skip
    later = moment + timedelta(microseconds=1)
    assert proposals.proposals_at(data, moment) == ()
    assert [item["state"] for item in proposals.proposals_at(data, later)] == ["accepted"]
