"""A proposed target, accepted on a day: what it changes, from when on, and who may do it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue as catalogues
from dashboard import queries, snapshots
from dashboard.access import look_as
from dashboard.catalogue import PACKAGED, Target, accepted
from dashboard.decisions import proposals
from dashboard.errors import NotAllowedError, UsageError
from dashboard.reports import open_request
from dashboard.reports.accountability import targets
from dashboard.reports.unit import planned
from dashboard.snapshots.identity import identity
from dashboard.store import ConflictError

NETWORKS = "networks_disrupted"
YEAR = date(2004, 4, 1)
HEAD = "measure,period_start,grain,unit_code,numerator,denominator,verified\n"
SAID = {
    "unit_code": "SCD7",
    "measure": NETWORKS,
    "since": YEAR,
    "target": "60",
    "basis": "level",
    "reason": "two more teams",
}
TARGET = Target(
    NETWORKS, "SCD7", YEAR, date(2005, 4, 1), date(2004, 6, 29), 60.0, "level", "accepted", "board"
)


@pytest.fixture
def at(folder):
    rows = [f"{NETWORKS},2004-0{month}-01,month,SCD7(2),4,,yes" for month in (4, 5)]
    folder.load("returns", HEAD + "\n".join(rows) + "\n", "2004-06-27")

    def opened(as_at="2004-06-28", **more):
        if not (folder.data / "snapshots" / as_at).exists():
            folder.publish(as_at, proposals.accepted(folder.data))
        return open_request(date.fromisoformat(as_at), None, folder.data, **more)

    opened.data = folder.data
    return opened


def _publish(data: Path, as_at: str):
    day = date.fromisoformat(as_at)
    return snapshots.publish(day, data, accepted=proposals.accepted(data))


def row_of(request, proposal):
    rows = targets.listed(request, "SCD").rows.to_pylist()
    return next(row for row in rows if row["id"] == proposal["id"])


def plan(request) -> tuple[str, str]:
    rows = {row["measure"]: row for row in planned.plan(request, "SCD7").rows.to_pylist()}
    return rows[NETWORKS]["target_words"], rows[NETWORKS]["target_status"]


def test_accepted_on_a_day_it_changes_verdicts_from_the_next_publish_and_not_before(at):
    june = at()
    assert plan(june)[1] == "illustrative" and "40" in plan(june)[0]
    made = targets.propose(june, "Commander", SAID)
    assert proposals.accepted(at.data) == ()  # proposed is not accepted
    targets.decide(june, "Chair", row_of(june, made), "accepted")
    (held,) = proposals.accepted(at.data)
    assert held.set_on == date(2004, 6, 29)  # the day of the meeting that looks at 28 June
    # The meeting's own snapshot stays as it is, also when it is published again.
    assert _publish(at.data, "2004-06-28").id == june.snapshot.id
    assert "40" in plan(at())[0]
    july = at("2004-07-12")
    said, status = plan(july)
    assert "60" in said and status == "accepted"
    rows = {row["measure"]: row for row in planned.plan(july, "SCD7").rows.to_pylist()}
    before = {row["measure"]: row for row in planned.plan(june, "SCD7").rows.to_pylist()}
    assert rows[NETWORKS]["target"] == 60 and before[NETWORKS]["target"] == 40
    assert row_of(july, made)["counts"] and not row_of(at(), made)["counts"]
    # What the snapshot holds is sealed with it, and whole.
    assert not snapshots.verify(july.snapshot)


@pytest.mark.parametrize(("as_at", "counts"), [(date(2004, 6, 29), 0), (date(2004, 6, 30), 1)])
def test_a_target_counts_from_the_day_after_its_acceptance(as_at, counts):
    catalogue = catalogues.load(PACKAGED)
    ids = queries.measure_ids(catalogue.directorate)
    kept, left = accepted.fitting(catalogue, [TARGET], as_at, ids)
    assert len(kept) == counts and left == []
    # Where none counts the snapshot is the one that there was before there were proposals.
    same = identity(as_at, [], catalogue) == identity(as_at, [], catalogue, kept)
    assert same == (counts == 0)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"unit_code": "SCD99"}, "no such unit"),
        ({"measure": "smiles"}, "no such measure"),
        ({"since": date(2004, 10, 1)}, "overlaps"),
        ({"set_on": date(2004, 3, 25)}, "another was set"),
        ({"set_on": date(2005, 4, 1)}, "after its span"),
    ],
)
def test_what_the_catalogue_has_no_place_for_is_left_out_and_said(changed, reason):
    catalogue = catalogues.load(PACKAGED)
    ids = queries.measure_ids(catalogue.directorate)
    kept, left = accepted.fitting(catalogue, [replace(TARGET, **changed)], date(2006, 1, 1), ids)
    assert kept == () and reason in left[0]


def test_rows_are_added_under_the_columns_that_the_file_has(tmp_path):
    folder = tmp_path / "catalogue"
    shutil.copytree(PACKAGED, folder)
    file = folder / "targets.csv"
    lines = [line.split(",") for line in file.read_text("utf-8").splitlines()[:1]]
    file.write_text(",".join(reversed(lines[0])), "utf-8")  # no row, and no end of line
    accepted.write(folder, [TARGET, replace(TARGET, set_on=date(2004, 7, 13), target=62.5)])
    found = catalogues.load(folder)
    assert [item.target for item in found.targets] == [60.0, 62.5]
    assert found.targets[0] == TARGET and found.hash != catalogues.load(PACKAGED).hash
    file.unlink()
    accepted.write(folder, [TARGET])
    assert catalogues.load(folder).targets == (TARGET,)


def test_an_ocu_proposes_for_itself_and_the_board_accepts(at):
    commander = {"role": look_as("ocu_commander", "SCD7", "")}
    made = targets.propose(at(**commander), "Commander", SAID)
    row = row_of(at(), made)
    with pytest.raises(NotAllowedError, match="may not decide"):
        targets.decide(at(**commander), "Commander", row, "accepted")
    with pytest.raises(NotAllowedError, match="own unit"):
        targets.propose(at(role=look_as("ocu_commander", "SCD8", "")), "Other", SAID)
    with pytest.raises(NotAllowedError, match="may not propose"):
        targets.propose(at(role=look_as("analyst", "", "")), "Analyst", SAID)
    with pytest.raises(NotAllowedError, match="nothing for this unit"):
        targets.decide(at(role=look_as("chair", "", "")), "Chair", row, "withdrawn", "no")
    targets.decide(at(role=look_as("chair", "", "")), "Chair", row, "accepted")
    assert row_of(at(), made)["state"] == "accepted"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"measure": "cash_seized"}, "no priority"),  # another unit's
        ({"measure": "drug_organisations_disrupted"}, "no priority"),  # no priority names it
        ({"since": date(2005, 4, 1)}, "no priority"),  # the strategy ends in March
        ({"since": date(2004, 7, 1)}, "planning year"),
        ({"unit_code": "SCD7(2)"}, "branch"),
        ({"target": "many"}, "number"),
        ({"target": "-1"}, "0 or more"),
        ({"target": "1.23456"}, "four decimals"),
        ({"basis": "guess"}, "basis"),
        ({"reason": " "}, "why"),
    ],
)
def test_what_lies_outside_the_control_strategy_or_is_no_target_is_refused(at, changed, reason):
    with pytest.raises(UsageError, match=reason):
        targets.propose(at(), "Commander", SAID | changed)
    assert targets.listed(at(), "SCD").rows.num_rows == 0


def test_a_year_has_one_target_a_day(at):
    first, second = (targets.propose(at(), "Commander", SAID | {"target": n}) for n in (60, 62))
    targets.decide(at(), "Chair", row_of(at(), first), "accepted")
    with pytest.raises(UsageError, match="another was set"):
        targets.decide(at(), "Chair", row_of(at(), second), "accepted")
    targets.decide(at(), "Chair", row_of(at(), second), "declined", "sixty stands")
    with pytest.raises(UsageError, match="already"):
        targets.decide(at(), "Chair", row_of(at(), second), "accepted")


def test_two_who_decide_at_once(at):
    made = targets.propose(at(), "Commander", SAID)
    seen = row_of(at(), made)
    targets.decide(at(), "Ann", seen, "accepted")
    with pytest.raises(ConflictError, match="Ann"):
        targets.decide(at(), "Bob", seen, "declined", "no")


def test_a_past_meeting_shows_proposals_as_they_stood(at):
    june = at()
    made = targets.propose(june, "Commander", SAID)
    july = at("2004-07-12")
    targets.decide(july, "Chair", row_of(july, made), "accepted")
    assert row_of(june, made)["state"] == "proposed"
    assert row_of(july, made)["state"] == "accepted"
    assert row_of(july, made)["decided_on"] == date(2004, 7, 13)
