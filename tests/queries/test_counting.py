"""What headers mean, on a few reports: each counted once, where and when its measure says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from dashboard import queries
from dashboard.queries import counting

AS_AT = date(2032, 7, 12)
REPORTS = """
    (1, 'gang',  'G-N', null,  'D1', '2032-07-01', '2032-07-09', 'firearm', null),
    (2, 'gang',  'G-N', null,  'D1', '2032-07-01', null,         'firearm', null),
    (3, 'gang',  'G-N', null,  'D1', '2032-07-01', null,         'firearm', '2032-07-03'),
    (4, 'gang',  null,  null,  'D2', '2032-07-01', '2032-07-12', 'firearm', null),
    (5, 'local', null,  null,  'D1', '2032-07-01', '2032-07-01', 'firearm', null),
    (6, 'local', null,  null,  'D1', '2032-07-12', null,         'firearm', null),
    (7, 'gang',  'G-N', 'G-1', 'D1', '2032-06-30', '2032-07-09', 'knife',   null)
"""
GUN = "weapon = 'firearm'"
SCOPES = {"scope": "force", "unit": "n", "grain": "day", "fact": "crimes", "owner": "gang"}
RATE = SCOPES | {"unit": "percent", "records": GUN, "numerator": "detected_on is not null"}
HEADS = {
    "guns": SCOPES | {"records": GUN},
    "own_guns": SCOPES | {"records": GUN, "scope": "ocu"},
    "all_guns": SCOPES | {"records": GUN, "no_crimes": "in"},
    "detected": RATE | {"numerator_on": "detected_on"},
    "cohort": RATE,
    "share": SCOPES | {"records": GUN, "unit": "percent", "share": "directorate"},
}  # fmt: skip
NONE = "unassigned"
FIRST, NINTH = date(2032, 7, 1), date(2032, 7, 9)
EXPECTED = {
    # 3 is a no-crime, 6 was reported on the as-at itself, 7 is a knife.
    "guns": {
        (FIRST, "gang", "G-N", NONE, "D1", 2, None),
        (FIRST, "gang", NONE, NONE, "D2", 1, None),
        (FIRST, "local", NONE, NONE, "D1", 1, None),
    },
    # 5 is of no unit of the owner's.
    "own_guns": {
        (FIRST, "gang", "G-N", NONE, "D1", 2, None),
        (FIRST, "gang", NONE, NONE, "D2", 1, None),
    },
    # A measure of no-crimes has 3 too.
    "all_guns": {
        (FIRST, "gang", "G-N", NONE, "D1", 3, None),
        (FIRST, "gang", NONE, NONE, "D2", 1, None),
        (FIRST, "local", NONE, NONE, "D1", 1, None),
    },
    # Detected on the day of detection: 1 on the ninth, 5 on the day that it was reported; 4 on the
    # as-at itself, which is not known yet.
    "detected": {
        (NINTH, "gang", "G-N", NONE, "D1", 1, 0),
        (FIRST, "gang", "G-N", NONE, "D1", 0, 2),
        (FIRST, "gang", NONE, NONE, "D2", 0, 1),
        (FIRST, "local", NONE, NONE, "D1", 1, 1),
    },
    # The same of the day of the report, whenever it was detected.
    "cohort": {
        (FIRST, "gang", "G-N", NONE, "D1", 1, 2),
        (FIRST, "gang", NONE, NONE, "D2", 1, 1),
        (FIRST, "local", NONE, NONE, "D1", 1, 1),
    },
    # Of the three in D1 two are the directorate's; it stands at the force.
    "share": {
        (FIRST, "FORCE", NONE, NONE, "D1", 2, 3),
        (FIRST, "FORCE", NONE, NONE, "D2", 1, 1),
    },
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(
            "create table crimes as select ref, ocu, branch, team, borough, reported_on::date as "
            "reported_on, detected_on::date as detected_on, weapon, no_crimed_on::date as "
            f"no_crimed_on from (values {REPORTS}) as r (ref, ocu, branch, team, borough, "
            "reported_on, detected_on, weapon, no_crimed_on)"
        )
        made.execute(
            "create table units as from (values ('FORCE', 'force', null), "
            "('gang', 'ocu', 'SPECIAL'), ('local', 'ocu', 'LOCAL')) as u (code, level, directorate)"
        )
        made.execute(
            "create table measure_units as select 'own_guns' as measure, 'gang' as unit_code"
        )
        yield made


def told(rows: list[tuple]) -> dict[str, set[tuple]]:
    found: dict[str, set[tuple]] = {}
    for measure, grain, *cell in rows:
        assert grain == "day" and tuple(cell) not in found.get(measure, ())
        found.setdefault(measure, set()).add(tuple(cell))
    return found


def heads() -> list[dict[str, str]]:
    return [head | {"measure": name} for name, head in HEADS.items()]


def test_all_measures_of_the_reports_are_counted_together(connection):
    found = connection.execute(queries.observations(heads()), {"as_at": AS_AT}).fetchall()
    assert told(found) == EXPECTED


@pytest.mark.parametrize("head", heads(), ids=HEADS)
def test_a_measure_counts_by_itself_what_it_counts_with_others(connection, head):
    found = connection.execute(counting.observation(head), {"as_at": AS_AT}).fetchall()
    name = head["measure"]
    assert told([(name, *row) for row in found]) == {name: EXPECTED[name]}


def test_the_reports_are_read_once_for_each_day_that_they_are_counted_on():
    assert queries.observations(heads()).count("from crimes") == 2  # reported, detected
    assert queries.observations(heads()[:3]).count("from crimes") == 1
