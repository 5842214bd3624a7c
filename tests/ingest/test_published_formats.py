"""Each published format on a file of its shape: rows and values conserved, cell by cell, against
polars; and the literal rows behind each quirk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from dashboard import catalogue, ingest
from dashboard.errors import ContentError, UsageError
from tests.ingest import shapes
from tests.ingest.conftest import totals

CATALOGUE = catalogue.load(catalogue.PACKAGED)
KNOWN = "2026-06-10"


def wide(frame: pl.DataFrame, area: str, offence: str) -> pl.DataFrame:
    """Cells as polars has them: the first month, which is cut off, left out."""
    return (
        frame.unpivot(shapes.MONTHS[1:], index=[area, offence], variable_name="month")
        .select(
            borough=pl.col(area),
            offence=pl.col(offence),
            date=pl.col("month").str.strptime(pl.Date, "%Y%m"),
            n=pl.col("value"),
        )
    )  # fmt: skip


def custody(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        borough=pl.lit("none"),
        offence=pl.lit("custody_disposal"),
        date=pl.date("current_disposal_year", "current_disposal_month", 1),
        n=pl.col("offence_count"),
    )


def proceedings(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("charged_summonsed") != "Recording Error").select(
        borough=pl.col("borough").str.strip_chars(),
        offence=pl.col("offence_type"),
        date=pl.col("proceedings_date").str.strptime(pl.Date, "%b-%y"),
        n=pl.col("count_of_ppa"),
    )


def against_women(offence: str):
    def cells(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.filter(pl.col("borough_name").is_not_null()).select(
            borough=pl.col("borough_name"),
            offence=pl.lit(offence),
            date=pl.col("recorded_date_months").cast(pl.Date),
            n=pl.col("count"),
        )

    return cells


def searches(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        borough=pl.col("borough"),
        offence=pl.lit("thorough_search"),
        date=pl.col("stop_date").str.strptime(pl.Date, "%d/%m/%Y").dt.truncate("1mo"),
        n=pl.lit(1),
    )


def stops(frame: pl.DataFrame) -> pl.DataFrame:
    when = pl.col("Date").str.strptime(pl.Datetime(time_zone="UTC"), "%Y-%m-%dT%H:%M:%S%z")
    return frame.select(
        borough=pl.lit("none"),
        offence=pl.lit("stop_and_search"),
        date=when.dt.convert_time_zone("Europe/London").dt.date(),
        n=pl.lit(1),
    )


def placed(frame: pl.DataFrame) -> pl.DataFrame:
    """With the area of each LSOA; without one none, and as spelt where the lookup has it not."""
    areas = shapes.lookup().select(pl.col("LSOA21CD").alias("LSOA code"), "LAD22CD")
    area = pl.coalesce("LAD22CD", pl.col("LSOA code").replace("", None))
    return frame.join(areas, on="LSOA code", how="left").with_columns(area=area)


def streets(frame: pl.DataFrame) -> pl.DataFrame:
    return placed(frame).select(
        borough=pl.col("area"), offence=pl.col("Crime type"), date=date(2025, 1, 1), n=pl.lit(1)
    )


def outcomes(frame: pl.DataFrame) -> pl.DataFrame:
    positive = pl.col("Outcome type").is_in(["Suspect charged", "Local resolution"])
    return (
        placed(frame)
        .filter(positive)
        .select(
            borough=pl.col("area"),
            offence=pl.lit("police_uk.any"),
            date=date(2025, 1, 1),
            n=pl.lit(1),
        )
    )


@dataclass(frozen=True)
class Case:
    """cells: what should be staged, before it is summed; value: of the whole file."""

    format: str
    frame: pl.DataFrame
    cells: pl.DataFrame
    value: int
    areas: bool = False


def cases() -> list[Case]:
    wards, lsoas, held = shapes.wards(), shapes.lsoas(), shapes.custody()
    persons, victims, women = (
        shapes.proceedings(), shapes.victims(), shapes.offences_against_women(),
    )  # fmt: skip
    street, outcome, stop, search = (
        shapes.streets(), shapes.outcomes(), shapes.stops(), shapes.searches(),
    )  # fmt: skip
    months = pl.sum_horizontal(shapes.MONTHS)
    return [
        Case("mps-ward-crime", wards, wide(wards, "lookup_boroughname", "minortext"),
             wards.select(months.sum()).item()),
        Case("mps-lsoa-crime", lsoas, wide(lsoas, "borough", "minor_category"),
             lsoas.select(months.sum()).item()),
        Case("mps-custody-disposals", held, custody(held), held["offence_count"].sum()),
        Case("mps-homicide-ppa", persons, proceedings(persons), persons.height),
        Case("mps-vawg-victims", victims, against_women("vawg_victim")(victims),
             victims["count"].sum()),
        Case("mps-vawg-offences", women, against_women("vawg_offence")(women),
             women["count"].sum()),
        Case("mps-thorough-searches", search, searches(search), search.height),
        Case("police-uk-stop-and-search", stop, stops(stop), stop.height),
        Case("police-uk-street", street, streets(street), street.height, areas=True),
        Case("police-uk-outcomes", outcome, outcomes(outcome), outcome.height, areas=True),
    ]  # fmt: skip


def load(folder, kind: str, frame: pl.DataFrame, ending: str = "csv", areas: bool = False):
    file = shapes.written(frame, folder.path / f"{kind}.{ending}")
    table = shapes.written(shapes.lookup(), folder.path / "lookup.csv") if areas else None
    known = date.fromisoformat(KNOWN)
    return ingest.import_files(kind, [file], data=folder.data, vintage=known, areas=table)[0]


@pytest.mark.few(5)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.format)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_rows_and_values_are_conserved_against_polars(folder, case, ending):
    account = load(folder, case.format, case.frame, ending, case.areas)
    assert (account.rows_read, account.value_read) == (case.frame.height, case.value)
    assert (account.rows_rejected, account.rows_superseded) == (0, 0)
    assert account.value_accepted == case.cells["n"].sum()
    expected = case.cells.group_by("borough", "offence", "date").agg(pl.col("n").sum())
    staged = folder.rows("counts").select("borough", "offence", "date", "n")
    assert staged.sort(pl.all()).rows() == expected.sort(pl.all()).rows()


def test_every_format_has_a_file_of_its_shape():
    here = {case.format for case in cases()}
    elsewhere = {"mps-borough-crime", "mps-monthly-dashboard", "mps-business-crime",
                 "mps-homicide-victims"}  # fmt: skip
    assert set(CATALOGUE.formats) == here | elsewhere


def test_all_offences_and_areas_of_the_shapes_are_known(folder):
    """But for the LSOA that no lookup has, and a constable's word for elsewhere."""
    for case in cases():
        account = load(folder, case.format, case.frame, areas=case.areas)
        unknown = [line for line in account.warnings if "aliases.csv" in line]
        assert all("E01099999" in line for line in unknown), (case.format, unknown)
        assert len(unknown) == (case.format == "police-uk-street")


def test_every_format_has_a_sample():
    by_hand = {"mps-borough-crime", "mps-monthly-dashboard", "mps-business-crime"}
    by_hand |= {"mps-homicide-victims"}  # tests/ingest/test_adapters.py
    tried = by_hand | {case.format for case in cases()}
    assert set(ingest.count_kinds(CATALOGUE)) == tried | {"counts"}


def test_what_is_left_out_says_by_which_rule_and_why(folder):
    account = load(folder, "mps-homicide-ppa", shapes.proceedings())
    assert account.excluded == {"recording_error": account.rows_excluded}
    why = "the publisher says that nobody was proceeded against"
    assert account.as_dict()["reasons"] == {"recording_error": why}
    assert any(line.endswith(f"recording_error: {why}") for line in account.warnings)


def test_persons_on_equal_rows_are_so_many_and_not_named_as_repeats(folder):
    row = "1,Hackney,Male,20 to 24,White,Murder,Charge or Summons,Jan-03\n"
    head = "Count of PPA,Borough,Gender,Age Group,Ethnicity,Offence Type,Charged/Summonsed,"
    account = folder.load("mps-homicide-ppa", f"{head}Proceedings Date\n{row * 3}", KNOWN)
    assert folder.rows("counts").select("date", "n").rows() == [(date(2003, 1, 1), 3)]
    assert not [line for line in account.warnings if "twice" in line]


def test_a_month_that_the_publisher_misspells_is_the_month_it_means(folder):
    head = "Count of PPA,Borough,Offence Type,Charged/Summonsed,Proceedings Date\n"
    rows = "1,Hackney,Murder,Charge or Summons,Febraury 2021\n"
    account = folder.load("mps-homicide-ppa", head + rows, KNOWN)
    assert account.rows_accepted == 1
    assert folder.rows("counts")["date"].to_list() == [date(2021, 2, 1)]


def test_a_crime_id_that_stands_twice_is_named_and_rows_without_one_are_not(folder):
    frame = shapes.streets(400)
    again = pl.concat([frame, frame.filter(pl.col("Crime type") != "Burglary").head(50)])
    account = load(folder, "police-uk-street", again, areas=True)
    with_an_id = again.filter(pl.col("Crime ID") != "").height
    repeated = with_an_id - again.filter(pl.col("Crime ID") != "")["Crime ID"].n_unique()
    (line,) = [line for line in account.warnings if "twice" in line]
    assert line.startswith(f"{repeated} rows stand twice and were added up ({repeated})")
    assert account.value_accepted == again.height


def test_the_first_month_of_a_download_is_left_out_with_its_counts_and_not_covered(folder):
    frame = shapes.wards()
    account = load(folder, "mps-ward-crime", frame)
    assert totals(account, "rows") == {"accepted": frame.height}
    assert account.value_excluded == frame[shapes.MONTHS[0]].sum() > 0
    assert "partial_first_month" in account.excluded
    since = {entry["since"] for entry in ingest.staged(folder.data)[0].coverage}
    assert since == {"2024-03-01"}


def test_a_first_month_as_full_as_the_others_counts(folder):
    frame = shapes.wards().with_columns(pl.col(shapes.MONTHS[1]).alias(shapes.MONTHS[0]))
    account = load(folder, "mps-ward-crime", frame)
    assert (account.value_excluded, account.excluded) == (0, {})
    since = {entry["since"] for entry in ingest.staged(folder.data)[0].coverage}
    assert since == {"2024-02-01"}


def test_wards_of_one_name_in_two_boroughs_are_two_and_a_row_twice_is_named(folder):
    frame = shapes.wards()
    assert not [line for line in load(folder, "mps-ward-crime", frame).warnings if "twice" in line]
    twice = pl.concat([frame, frame.head(1)])
    found = [line for line in load(folder, "mps-ward-crime", twice).warnings if "twice" in line]
    assert found[0].startswith("1 row stands twice and was added up")


def test_the_area_of_the_airports_is_no_borough_and_is_kept(folder):
    load(folder, "mps-thorough-searches", shapes.searches())
    spelt = "Aviation Security (SO18)"
    rows = folder.rows("counts").filter(borough=spelt)
    assert rows["n"].sum() == shapes.searches().filter(borough=spelt).height > 0
    assert ingest.code_of(CATALOGUE, "area", "mps-thorough-searches", spelt) == "heathrow"


def test_columns_of_one_meaning_that_disagree_are_a_rejected_row(folder):
    frame = shapes.searches(10).with_columns(
        pl.when(pl.col("col_0") == 2)
        .then(pl.lit("Perhaps"))
        .otherwise("postive_outcome_of_stop")
        .alias("postive_outcome_of_stop")
    )
    account = load(folder, "mps-thorough-searches", frame)
    assert totals(account, "rows") == {"accepted": 9, "rejected": 1}
    ((line, column, value, rule),) = folder.rejects(account)
    assert (line, rule) == (4, "columns_disagree")
    assert column == "positive_outcome_of_stop | postive_outcome_of_stop"
    assert "Perhaps" in value


@pytest.mark.parametrize("month", ["1", "01", "1.0", "January", "Jan"])
def test_a_year_and_a_month_in_columns_of_their_own(folder, month):
    head = "current_disposal_year,current_disposal_month,current_disposal,offence_count\n"
    account = folder.load("mps-custody-disposals", f"{head}2025,{month},Charged,7\n", KNOWN)
    assert account.rows_accepted == 1
    assert folder.rows("counts").select("date", "n").rows() == [(date(2025, 1, 1), 7)]


def test_a_month_that_is_none_names_both_columns(folder):
    head = "current_disposal_year,current_disposal_month,current_disposal,offence_count\n"
    account = folder.load("mps-custody-disposals", f"{head}2025,13,Charged,7\n", KNOWN)
    ((line, column, value, rule),) = folder.rejects(account)
    assert (line, rule, value) == (2, "bad_date", "2025-13")
    assert column == "current_disposal_year and current_disposal_month"


def test_an_area_that_is_looked_up_needs_a_lookup_and_says_which(folder):
    file = shapes.written(shapes.streets(20), folder.path / "street.csv")
    with pytest.raises(UsageError) as caught:
        ingest.import_files("police-uk-street", [file], data=folder.data, vintage=date(2025, 3, 1))
    assert "say --areas FILE" in str(caught.value)
    assert "LSOA code" in str(caught.value)
    assert "areas_of_lsoa.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("table", "error", "sentence"),
    [
        ("LSOA,LAD\nE01099998,Camden\n", ContentError, "knows none of the"),
        ("LSOA,LAD\nE01000001,Atlantis\n", ContentError, "no column with areas of boroughs.csv"),
        ("LSOA,LAD\nE01000001,Camden\nE01000001,Hackney\n", ContentError, "into Camden and into"),
        (None, UsageError, "no file"),
    ],
)  # fmt: skip
def test_a_lookup_that_does_not_fit_is_refused(folder, table, error, sentence):
    file = shapes.written(shapes.streets(200), folder.path / "street.csv")
    areas = folder.path / "areas.csv"
    if table:
        areas.write_text(table)
    with pytest.raises(error, match=sentence):
        ingest.import_files(
            "police-uk-street", [file], data=folder.data, vintage=date(2025, 3, 1), areas=areas
        )
    assert not folder.data.exists() or not folder.everything()


def test_a_lookup_of_a_format_that_names_its_areas_is_a_wrong_call(folder):
    areas = shapes.written(shapes.lookup(), folder.path / "lookup.csv")
    file = shapes.written(shapes.wards(), folder.path / "wards.csv")
    with pytest.raises(UsageError, match="--areas is of formats that look their areas up"):
        ingest.import_files(
            "mps-ward-crime", [file], data=folder.data, vintage=date(2026, 1, 1), areas=areas
        )


def test_a_force_is_an_area_where_the_lookup_says_so(folder):
    """Crimes without a place, and those of LSOAs that the lookup has not, are the force's."""
    areas = folder.path / "forces.csv"
    areas.write_text("force,area\nNorthshire Police,Camden\n")
    file = shapes.written(shapes.streets(100), folder.path / "street.csv")
    ingest.import_files(
        "police-uk-street", [file], data=folder.data, vintage=date(2025, 3, 1), areas=areas
    )
    assert set(folder.rows("counts")["borough"]) == {"Camden"}


def test_the_same_file_with_another_lookup_is_read_again(folder):
    frame = shapes.streets(100)
    assert load(folder, "police-uk-street", frame, areas=True).rows_accepted == 100
    assert load(folder, "police-uk-street", frame, areas=True).rows_superseded == 100
    areas = folder.path / "other.csv"
    areas.write_text("force,area\nNorthshire Police,Camden\n")
    file = folder.path / "police-uk-street.csv"
    account = ingest.import_files(
        "police-uk-street", [file], data=folder.data, vintage=date.fromisoformat(KNOWN), areas=areas
    )[0]
    assert account.rows_accepted == 100
    assert set(folder.rows("counts")["borough"]) == {"Camden"}


def test_a_ward_file_for_the_borough_file_is_refused_and_its_format_named(folder):
    file = shapes.written(shapes.wards(), folder.path / "wards.csv")
    with pytest.raises(ContentError, match="a format of that level: mps-ward-crime"):
        folder.load("mps-borough-crime", file, KNOWN)


def test_a_borough_file_is_no_file_of_wards(folder):
    file = shapes.written(shapes.wards().drop("wardcode", "wardname"), folder.path / "b.csv")
    with pytest.raises(ContentError, match="no column WardCode"):
        folder.load("mps-ward-crime", file, KNOWN)
