"""The files of the sample: all kinds, every value, the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboard import catalogue, sample
from dashboard.errors import UsageError
from dashboard.sample import crimes as extracts
from tests.sample.conftest import Written, write

KINDS = {
    "crimes", "counts", "returns", "overtime", "overtime_budget", "finance", "strength",
    "reviews", "recommendations", "visits", "improvements", "corporate",
}  # fmt: skip
# Where each field of values.csv is to be found.
FIELDS = {
    "weapon": ("crimes", "weapon"),
    "premises": ("crimes", "premises"),
    "victim_kind": ("crimes", "victim_kind"),
    "victim_age_band": ("crimes", "victim_age_band"),
    "victim_sex": ("crimes", "victim_sex"),
    "victim_ethnicity": ("crimes", "victim_ethnicity"),
    "detection": ("crimes", "detection"),
    "overtime_category": ("overtime", "category"),
    "overtime_duty": ("overtime", "duty"),
    "finance_heading": ("finance", "heading"),
    "review_kind": ("reviews", "kind"),
    "recommendation_feeds": ("recommendations", "feeds"),
    "visit_kind": ("visits", "kind"),
    "return_grain": ("returns", "grain"),
    "improvement_status": ("improvements", "status"),
    "efqm_criterion": ("improvements", "criterion"),
}


@pytest.fixture(scope="module")
def entries() -> catalogue.Catalogue:
    return catalogue.load(Path("data/catalogue"))


def test_as_ats_are_the_last_eight_mondays_of_the_grid() -> None:
    assert sample.AS_ATS[0] == date(2004, 4, 5) and sample.AS_ATS[-1] == date(2004, 7, 12)
    assert {b - a for a, b in zip(sample.AS_ATS, sample.AS_ATS[1:], strict=False)} == {
        timedelta(days=14)
    }
    assert all(
        v == a - timedelta(days=1) for v, a in zip(sample.VINTAGES, sample.AS_ATS, strict=True)
    )


def test_every_kind_is_written_and_the_folder_says_sample(written: Written) -> None:
    assert {item.kind for item in written.files} == KINDS
    assert {item.vintage for item in written.files} == set(sample.VINTAGES)
    assert (written.folder / "SAMPLE").exists()
    assert [item.delta for item in written.files if item.kind == "crimes"] == [False] + [True] * 7


@pytest.mark.parametrize("field", FIELDS)
def test_every_value_occurs_and_no_other(
    field: str, written: Written, entries: catalogue.Catalogue
) -> None:
    kind, column = FIELDS[field]
    found = {str(value) for value in written.read(kind)[column].unique() if value is not None}
    assert found == set(entries.values[field])


def test_no_field_of_the_catalogue_is_forgotten(entries: catalogue.Catalogue) -> None:
    # Groups of ethnicity are no column of a source.
    assert set(entries.values) - {"victim_ethnicity_group"} == set(FIELDS)


def test_every_place_occurs(crimes: pl.DataFrame, entries: catalogue.Catalogue) -> None:
    policed = {code for code, area in entries.areas.items() if area.kind != "not_policed"}
    assert set(crimes["borough"]) == policed


def test_counts_come_by_day_and_by_month(written: Written) -> None:
    assert set(written.read("counts")["grain"]) == {"day", "month"}


def test_codes_are_the_catalogue_s(
    written: Written, crimes: pl.DataFrame, entries: catalogue.Catalogue
) -> None:
    assert set(crimes["offence"]) <= set(entries.offences)
    assert set(crimes["ocu"]) == {"SCD1", "SCD5", "SCD6", "SCD7", "SCD8", "TP"}
    units = set(entries.units)
    for kind, column in (
        ("crimes", "branch"),
        ("crimes", "team"),
        ("returns", "unit_code"),
        ("overtime", "branch"),
        ("finance", "unit_code"),
        ("reviews", "unit_code"),
        ("recommendations", "owner"),
        ("visits", "unit_code"),
        ("improvements", "unit_code"),
        ("corporate", "unit_code"),
    ):
        assert set(written.read(kind)[column].drop_nulls()) <= units, kind


def test_a_branch_and_a_team_belong_to_their_unit(
    crimes: pl.DataFrame, entries: catalogue.Catalogue
) -> None:
    for ocu, branch, team in crimes.select("ocu", "branch", "team").unique().iter_rows():
        assert branch is None or entries.units[branch].parent == ocu
        assert team is None or entries.units[team].parent == branch


def test_nothing_is_known_before_it_happened(written: Written) -> None:
    reports = written.read("crimes")
    for name in extracts.DATES:
        assert reports.filter(pl.col(name) > pl.col("vintage")).is_empty(), name
    assert reports.filter(pl.col("committed_on") > pl.col("reported_on")).is_empty()
    assert reports.filter(pl.col("detected_on") < pl.col("reported_on")).is_empty()
    assert reports.filter(
        pl.col("detected_on").is_null() != pl.col("detection").is_null()
    ).is_empty()
    both = pl.col("detected_on").is_not_null() & pl.col("no_crimed_on").is_not_null()
    assert reports.filter(both).is_empty()


def test_a_reference_stands_once_in_a_file(written: Written) -> None:
    for kind, column in (
        ("crimes", "crime_ref"),
        ("reviews", "review_ref"),
        ("recommendations", "recommendation_ref"),
        ("visits", "visit_ref"),
        ("improvements", "area_ref"),
    ):
        assert written.read(kind).select(pl.struct("vintage", column).is_unique().all()).item()


def test_later_extracts_revise_earlier_ones(written: Written) -> None:
    reports = written.read("crimes").sort("vintage")
    first = reports.unique("crime_ref", keep="first")
    last = reports.unique("crime_ref", keep="last")
    moved = first.join(last, on="crime_ref").filter(pl.col("vintage") < pl.col("vintage_right"))
    assert moved.filter(pl.col("offence") != pl.col("offence_right")).height > 20
    assert moved.filter(pl.col("ocu") != pl.col("ocu_right")).height > 10
    assert moved.filter(pl.col("borough") != pl.col("borough_right")).height > 3
    assert (
        moved.filter(
            pl.col("no_crimed_on").is_null() & pl.col("no_crimed_on_right").is_not_null()
        ).height
        > 50
    )
    second = sample.VINTAGES[1]
    late = first.filter(
        (pl.col("vintage") == second) & (pl.col("reported_on") <= sample.VINTAGES[0])
    )
    assert late.height > 10


def test_the_same_seed_writes_the_same_files(written: Written, tmp_path: Path) -> None:
    again = write(tmp_path)
    assert [item.path.name for item in again.files] == [item.path.name for item in written.files]
    for one, other in zip(again.files, written.files, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes(), one.path.name
    assert again.truth == written.truth


def test_another_seed_writes_other_reports(written: Written, tmp_path: Path) -> None:
    other = write(tmp_path, seed=1, scale=0.05)
    assert other.truth["rows"] != written.truth["rows"]


def test_scale_multiplies_reports_and_nothing_else(
    written: Written, crimes: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small blocks, so that the whole is written in many.
    monkeypatch.setattr(extracts, "BLOCK", 1_500)
    steps: list[tuple[int, int]] = []
    small = write(tmp_path, scale=0.1, progress=lambda done, total: steps.append((done, total)))
    assert small.crimes().height == pytest.approx(crimes.height * 0.1, rel=0.1)
    assert len(small.read("overtime")) == len(written.read("overtime"))
    assert len(steps) > 4 and steps[-1] == (112, 112)
    rises = [event for event in small.truth["events"] if event["kind"] == "rise"]
    assert all(event["now"] >= 2 * event["expected"] + 8 for event in rises)


def test_a_scale_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="above 0; got: 0"):
        sample.write(tmp_path, scale=0)
    assert not list(tmp_path.iterdir())
