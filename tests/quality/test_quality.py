"""The quality reports on the sample: totals that agree, planted backlog, delays, balance."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.errors import NotFoundError
from dashboard.reports import open_request
from dashboard.reports.quality import balance, faults, imports, to_put_right
from dashboard.reports.request import paging

pytestmark = pytest.mark.some(8, "quality")

AS_AT = date(2004, 7, 12)


@pytest.fixture(scope="module")
def request_(sample_data):
    return open_request(AS_AT, data=sample_data)


def frame(disclosed) -> pl.DataFrame:
    return pl.from_arrow(disclosed.rows)


def test_kinds_units_and_worklist_tell_one_total(request_):
    every = frame(faults.by_unit(request_))
    together = every.filter(fault=faults.ALL)
    units = every.filter(pl.col("fault") != faults.ALL)
    assert together["n"].sum() == units["n"].sum()
    for unit in ("SCD7", "TP", "MPS"):
        kinds = frame(faults.kinds(request_, unit))
        rows = units if unit == "MPS" else units.filter(unit_code=unit)
        assert kinds["n"].sum() == rows["n"].sum()
        listed = to_put_right.worklist(request_, unit, None).rows.column("total")[0].as_py()
        assert listed == kinds["n"].sum()
        assert f"{listed:,} faults stand open" in faults.kinds(request_, unit).title


def test_the_planted_backlog_of_scd5_is_what_rose_most(request_):
    found = faults.kinds(request_, "SCD5")
    assert "“not validated within 7 days” rose most" in found.title
    row = frame(found).filter(fault="unvalidated").row(0, named=True)
    assert len(row["trend"]) == 8 and row["trend"][-1] == row["n"]
    assert row["n"] > 2 * row["trend"][0]


def test_unvalidated_and_unauthorised_are_the_measure_open_quality_faults(
    request_, sample_snapshot
):
    rows = frame(faults.kinds(request_, "MPS"))
    counted = pl.col("fault").is_in(["unvalidated", "detection_unauthorised"])
    both = rows.filter(counted)["n"].sum()
    weeks = pl.read_parquet(sample_snapshot.path / "marts" / "fault_weeks.parquet").filter(counted)
    assert weeks.filter(week=weeks["week"].max())["n"].sum() == both


def test_the_worklist_is_paged_oldest_first(request_):
    first, second = (
        to_put_right.worklist(request_, "SCD7", "unvalidated", page) for page in (1, 2)
    )
    days = [*frame(first)["days_open"], *frame(second)["days_open"]]
    assert days == sorted(days, reverse=True) and len(set(days)) > 1
    assert paging.pages(first) == -(-frame(first)["total"][0] // paging.PAGE)
    assert to_put_right.worklist(request_, "SCD10", None) is None  # never shown


def test_a_team_is_shown_as_its_ocu_and_an_unknown_unit_is_named(request_):
    assert faults.unit_of(request_, "SCD7(5)") == "SCD7"
    assert faults.unit_of(request_, None) == "SCD"
    with pytest.raises(NotFoundError):
        faults.unit_of(request_, "SCD99")


def test_delays_are_those_of_the_reports(request_, sample_snapshot):
    crimes = pl.read_parquet(sample_snapshot.path / "facts" / "crimes.parquet").filter(
        pl.col("no_crimed_on").is_null(),
        pl.col("reported_on") >= date(2003, 7, 12),
        pl.col("reported_on") < date(2004, 6, 14),
        pl.col("ocu") == "SCD5",
    )
    days = (crimes["validated_on"] - crimes["reported_on"]).dt.total_days()
    row = frame(balance.delays(request_)).filter(unit_code="SCD5", step="validated")
    found = row.row(0, named=True)
    assert found["waiting"] == days.null_count() and found["n"] == days.len() - days.null_count()
    assert found["median_days"] == days.median()
    assert found["ninth_decile_days"] == days.quantile(0.9, "linear")
    assert balance.delays(request_).title.startswith("SCD5 leaves the most unvalidated")


def test_detection_stands_beside_no_crime_with_both_parts(request_, sample_snapshot):
    crimes = pl.read_parquet(sample_snapshot.path / "facts" / "crimes.parquet")
    year = crimes.filter(pl.col("reported_on") >= date(2003, 7, 12), pl.col("ocu") == "SCD5")
    found = frame(balance.balance(request_)).filter(unit_code="SCD5").row(0, named=True)
    assert found["no_crime_denominator"] == year.height
    assert found["no_crime_numerator"] == year["no_crimed_on"].count()
    assert found["detection_denominator"] == year.height - year["no_crimed_on"].count()
    assert 0 < found["reclassified"] < found["followed"] < year.height


def test_both_rates_risen_beyond_chance_are_remarked_on():
    row = {
        "unit_code": "SCD7",
        **{"recorded": 1000, "no_crimed": 100, "detected": 300},
        **{"recorded_before": 1000, "no_crimed_before": 30, "detected_before": 200},
    }
    assert balance.balance_of(row, None)["remark"] == "both rose: look into it"
    # The same with a no-crime rate that may have risen by chance.
    row |= {"no_crimed": 40}
    found = balance.balance_of(row, (3, 40))
    assert (found["detection_moved"], found["no_crime_moved"]) == ("rose", "")
    assert found["remark"] == "" and found["followed"] == 40


def test_more_detections_than_offences_have_an_interval_too():
    row = {
        "unit_code": "SCD1",
        **{"recorded": 10, "no_crimed": 0, "detected": 12},
        **{"recorded_before": 0, "no_crimed_before": 0, "detected_before": 0},
    }
    found = balance.balance_of(row, None)
    assert found["detection_low"] < 1.2 < found["detection_high"]
    assert found["detection_moved"] == ""  # nothing recorded before to compare with


def test_imports_tell_what_was_rejected(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    good = "C1,2004-07-01,kidnap,Camden,SCD7\n"
    folder.load("crimes", f"{head}{good}C2,30 February,kidnap,Camden,SCD7\n", "2004-07-11")
    folder.publish("2004-07-12")
    found = imports.rejected(open_request(AS_AT, data=folder.data))
    assert found.title == "1 of 1 imports had rows rejected"
    assert found.rows.to_pylist()[0]["rows_rejected"] == 1


WITHOUT = "crime_ref,reported_on,offence,borough,ocu,detected_on,supervised_on\n"


def test_a_column_that_no_source_has_is_not_known_rather_than_not_done(folder):
    rows = "".join(f"C{n},2004-05-03,kidnap,Camden,SCD7,,\n" for n in range(3))
    folder.load("crimes", WITHOUT + rows, "2004-07-11")
    folder.publish("2004-07-12")
    asked = open_request(AS_AT, data=folder.data)
    named = set(faults.rules(asked))
    # supervised_on is there and blank: nobody supervised. validated_on is not there: who knows?
    assert "unsupervised" in named
    assert not named & {"unvalidated", "no_update", "ethnicity_missing", "detection_unauthorised"}
    shown = faults.kinds(asked, "SCD")
    assert {row["fault"]: row["n"] for row in shown.rows.to_pylist()}["unsupervised"] == 3
    assert any("[x]" in note and "alidated" in note for note in shown.plain_notes)
    steps = {row["step"] for row in balance.delays(asked).rows.to_pylist()}
    assert steps == {"supervised"}
    assert "open_quality_faults" not in {row["measure"] for row in asked.coverage_rows}


def test_a_column_that_one_of_two_files_has_is_asked_of_all(folder):
    folder.load("crimes", WITHOUT + "C1,2004-05-03,kidnap,Camden,SCD7,,\n", "2004-07-10")
    head = "crime_ref,reported_on,offence,borough,ocu,validated_on\n"
    folder.load("crimes", head + "C2,2004-05-03,kidnap,Camden,SCD7,\n", "2004-07-11", delta=True)
    folder.publish("2004-07-12")
    rows = faults.kinds(open_request(AS_AT, data=folder.data), "SCD").rows.to_pylist()
    assert {row["fault"]: row["n"] for row in rows}["unvalidated"] == 2
