"""Fault rules: each on the row that turns it on and the one just short; the sample's planted."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard import queries
from dashboard.errors import ContentError
from dashboard.queries import headers
from dashboard.snapshots import fault_rules

AS_AT = date(2004, 7, 12)
# A report that no rule finds fault with, on the last as-at.
SOUND = {
    "crime_ref": "C1",
    "ocu": "SCD7",
    "branch": None,
    "borough": "E09000007",
    "offence": "robbery_business",
    "reported_on": date(2004, 7, 1),
    "committed_on": date(2004, 6, 30),
    "detected_on": None,
    "detection_authorised_on": None,
    "no_crimed_on": None,
    "victim_kind": "person",
    "victim_age_band": "18-24",
    "victim_sex": "male",
    "victim_ethnicity": "W1",
    "last_updated_on": date(2004, 7, 2),
    "validated_on": date(2004, 7, 2),
    "supervised_on": date(2004, 7, 3),
}


def ago(days: int) -> date:
    return AS_AT - timedelta(days=days)


def found(tmp_path: Path, *changes: dict) -> set[tuple[str, str]]:
    """(report, fault) of reports that differ from the sound one as told; C1 is the first."""
    rows = [SOUND | {"crime_ref": f"C{n}"} | change for n, change in enumerate(changes, 1)]
    schema = {key: pl.String for key in SOUND} | {
        key: pl.Date for key in SOUND if key.endswith("_on")
    }
    pl.DataFrame(rows, schema=schema).write_parquet(tmp_path / "crimes.parquet")
    return written(tmp_path / "crimes.parquet", tmp_path)


def written(crimes: Path, out: Path) -> set[tuple[str, str]]:
    with duckdb.connect() as connection:
        connection.read_parquet(str(crimes)).create_view("crimes")
        fault_rules.write(connection, out, AS_AT)
    faults = pl.read_parquet(out / "faults.parquet")
    return set(faults.select("crime_ref", "fault").rows())


def test_a_sound_report_has_no_fault(tmp_path):
    assert found(tmp_path, {}) == set()


# Each: what is changed, the fault that comes of it; and the same just short of it.
EDGES = {
    "unvalidated": (
        {"validated_on": None, "reported_on": ago(8)},
        {"validated_on": None, "reported_on": ago(7)},
    ),
    "unsupervised": (
        {"supervised_on": None, "reported_on": ago(15)},
        {"supervised_on": None, "reported_on": ago(14)},
    ),
    "no_update": (
        {"last_updated_on": ago(29), "reported_on": ago(90)},
        {"last_updated_on": ago(28), "reported_on": ago(90)},
    ),
    "ethnicity_missing": (
        {"victim_ethnicity": None, "reported_on": ago(15)},
        {"victim_ethnicity": "NS", "reported_on": ago(15)},  # asked, and not stated
    ),
    "detection_unauthorised": (
        {"detected_on": ago(1)},
        {"detected_on": ago(1), "detection_authorised_on": ago(1)},
    ),
    "detected_before_reported": (
        {"detected_on": date(2004, 6, 30), "detection_authorised_on": date(2004, 7, 2)},
        {"detected_on": date(2004, 7, 1), "detection_authorised_on": date(2004, 7, 2)},
    ),
    "no_crime_unsupervised": (
        {"no_crimed_on": ago(8), "supervised_on": None},
        {"no_crimed_on": ago(7), "supervised_on": None},
    ),
    "borough_unknown": (
        {"borough": "unknown", "reported_on": ago(8)},
        {"borough": "unknown", "reported_on": ago(7)},
    ),
}


@pytest.mark.parametrize("fault", EDGES)
def test_the_rule_finds_its_fault_and_not_the_one_just_short(tmp_path, fault):
    faulty, short = EDGES[fault]
    assert found(tmp_path, faulty) == {("C1", fault)}
    assert found(tmp_path, short) == set()


def test_a_report_of_more_than_half_a_year_is_taken_as_filed(tmp_path):
    old = {"last_updated_on": None, "reported_on": ago(182)}
    assert found(tmp_path, old) == {("C1", "no_update")}
    assert found(tmp_path, old | {"reported_on": ago(183)}) == set()


def test_no_crimed_reports_have_the_fault_of_no_crimes_alone(tmp_path):
    bare = dict.fromkeys(("validated_on", "supervised_on", "victim_ethnicity", "last_updated_on"))
    old = {"no_crimed_on": ago(60), "reported_on": ago(90), "borough": "unknown"}
    assert found(tmp_path, bare | old) == {("C1", "no_crime_unsupervised")}


@pytest.mark.parametrize(
    ("second", "faults"),
    [
        ({}, {("C2", "reported_twice")}),
        ({"reported_on": date(2004, 7, 29)}, set()),  # 28 days later, but after the as-at
        ({"victim_sex": "female"}, set()),
        ({"committed_on": date(2004, 6, 29)}, set()),
        ({"offence": "kidnap"}, set()),
        ({"borough": "E09000012"}, set()),
        ({"victim_age_band": "unknown"}, set()),  # blank is like nothing
    ],
)
def test_the_second_of_two_reports_alike_is_found(tmp_path, second, faults):
    assert found(tmp_path, {}, second) == faults


def test_reports_alike_a_month_apart_are_two_crimes(tmp_path):
    first = {"reported_on": date(2004, 6, 2), "committed_on": date(2004, 6, 1)}
    second = first | {"reported_on": date(2004, 6, 30)}
    assert found(tmp_path, first, second) == {("C2", "reported_twice")}
    assert found(tmp_path, first, second | {"reported_on": date(2004, 7, 1)}) == set()


def test_each_planted_fault_is_found_and_only_it(sample_data, sample_snapshot, tmp_path):
    truth = json.loads((sample_data / "sample" / "ground_truth.json").read_text("utf-8"))
    planted = {(item["crime_ref"], item["fault"]) for item in truth["quality_faults"]}
    refs = {ref for ref, _ in planted}
    faults = written(sample_snapshot.path / "facts" / "crimes.parquet", tmp_path)
    assert {pair for pair in faults if pair[0] in refs} == planted


def test_all_faults_of_the_sample_follow_from_its_reports(sample_snapshot, tmp_path):
    """The rules said again in polars: the same reports, neither more nor fewer."""
    crimes = pl.read_parquet(sample_snapshot.path / "facts" / "crimes.parquet")
    open_, by = pl.col("no_crimed_on").is_null(), lambda days: pl.col("reported_on") < ago(days)
    updated = pl.max_horizontal("last_updated_on", "reported_on")
    rules = {
        "unvalidated": open_ & pl.col("validated_on").is_null() & by(7),
        "unsupervised": open_ & pl.col("supervised_on").is_null() & by(14),
        "no_update": open_ & pl.col("detected_on").is_null() & ~by(182) & (updated < ago(28)),
        "ethnicity_missing": open_
        & (pl.col("victim_kind") == "person")
        & pl.col("victim_ethnicity").is_null()
        & by(14),
        "detection_unauthorised": open_
        & pl.col("detected_on").is_not_null()
        & pl.col("detection_authorised_on").is_null(),
        "borough_unknown": open_ & (pl.col("borough") == "unknown") & by(7),
        "no_crime_unsupervised": (pl.col("no_crimed_on") < ago(7))
        & pl.col("supervised_on").is_null(),
    }
    faults = written(sample_snapshot.path / "facts" / "crimes.parquet", tmp_path)
    for fault, rule in rules.items():
        refs = set(crimes.filter(rule)["crime_ref"])
        assert {ref for ref, kind in faults if kind == fault} == refs, fault


def test_rules_are_kept_beside_the_faults(tmp_path):
    found(tmp_path, {})
    kept = pl.read_parquet(tmp_path / "fault_rules.parquet")
    assert kept["fault"].to_list() == list(queries.fault_rules())
    assert (kept["after_days"].max(), kept["within_days"].max()) == (28, 182)


def test_a_rule_without_days_is_refused(tmp_path, monkeypatch):
    (tmp_path / "faults").mkdir()
    rule = "-- fault: late\n-- name: Late\n-- after_days: soon\nselect 1\n"
    (tmp_path / "faults" / "late.sql").write_text(rule, "utf-8")
    monkeypatch.setattr("dashboard.queries.files.FOLDER", tmp_path)
    said = queries.faults(("faults",))
    assert any("after_days is a whole number" in line for line in said)
    assert any("lacks 'owner'" in line for line in said)
    queries.find.cache_clear()
    headers.fault_rules_of.cache_clear()
    try:
        with pytest.raises(ContentError):
            queries.fault_rules()
    finally:
        queries.find.cache_clear()
        headers.fault_rules_of.cache_clear()
