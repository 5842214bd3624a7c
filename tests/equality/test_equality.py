"""The equality reports: counts as the reports have them, small ones hidden, like for like."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.access.suppression import SMALLEST
from dashboard.export import sheet_of
from dashboard.reports import open_request
from dashboard.reports.equality import completeness, ratios, staff
from dashboard.reports.equality import groups as equality
from dashboard.rows import ALONE, HIDDEN
from dashboard.sample import AS_ATS

AS_AT = date(2004, 7, 12)
HEAD = "crime_ref,reported_on,offence,borough,ocu,victim_kind,victim_sex,detection,detected_on\n"


@pytest.fixture(scope="module")
def request_(sample_data):
    """As at the day whose counts stand at all days of the sample."""
    return open_request(AS_ATS[0], data=sample_data)


def frame(disclosed) -> pl.DataFrame:
    return pl.from_arrow(disclosed.rows)


@pytest.fixture(scope="module")
def victims_(request_):
    return pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet").filter(
        pl.col("no_crimed_on").is_null(),
        pl.col("victim_kind") == "person",
        pl.col("reported_on") >= date(2003, 4, 5),
    )


def test_counts_shown_are_those_of_the_reports(request_, victims_):
    for row in frame(equality.victims(request_, "victim_sex")).iter_rows(named=True):
        of_unit = victims_ if row["unit_code"] == "All" else victims_.filter(ocu=row["unit_code"])
        sex = pl.col("victim_sex")
        groups = {"Female": sex == "female", "Male": sex == "male", "All": pl.lit(True)}
        known = groups.get(row["group"], sex.is_null() | (sex == "unknown"))
        if row["symbol"] == "":
            assert row["n"] == of_unit.filter(known).height


def test_files_mark_what_is_hidden_as_hidden(request_):
    """Each table that hides: no count of people that is missing, none that is left out."""
    tables = [equality.victims(request_, field) for field in equality.FIELDS]
    tables += [ratios.ratios(request_, field) for field in equality.FIELDS]
    tables += [completeness.completeness(request_), staff.workforce(request_)]
    for disclosed in tables:
        sheet = sheet_of(disclosed, flat=True)
        names = [column.name for column in sheet.columns]
        counts = [at for at, column in enumerate(sheet.columns) if column.hidden == ALONE]
        assert {name for name, kept in hiding(disclosed).items() if kept} <= set(names)
        for line, row in zip(sheet.lines(), disclosed.rows.to_pylist(), strict=True):
            for at in counts:
                assert (line[at] == "[c]") == (row[names[at]] is None)
    for disclosed in tables[: len(equality.FIELDS)]:  # the same, as cross tables
        hidden = [cell for line in sheet_of(disclosed).lines() for cell in line if cell == "[c]"]
        assert len(hidden) == disclosed.rows.column("n").null_count


def hiding(disclosed):
    """The columns that hide a count, and whether they do."""
    known = disclosed.rows.schema
    return {
        item.name: (item.metadata or {}).get(HIDDEN) == ALONE
        and disclosed.rows.column(item.name).null_count > 0
        for item in known
    }


@pytest.mark.parametrize("field", equality.FIELDS)
def test_no_small_count_is_shown_anywhere(request_, field):
    shown = frame(equality.victims(request_, field))["n"].drop_nulls()
    assert ((shown == 0) | (shown >= SMALLEST)).all()
    assert (frame(equality.victims(request_, field))["symbol"] == "[c]").any()
    for name in ("victims", "detected"):
        counts = frame(ratios.ratios(request_, field))[name].drop_nulls()
        assert ((counts == 0) | (counts >= SMALLEST)).all()
    complete = frame(completeness.completeness(request_))
    unknown = (complete[f"{field}_victims"] - complete[f"{field}_known"]).drop_nulls()
    assert ((unknown == 0) | (unknown >= SMALLEST)).all()


def test_completeness_hides_what_the_table_by_unit_hides(request_):
    complete = frame(completeness.completeness(request_))
    cells = frame(equality.victims(request_, "victim_sex")).filter(group="Not known")
    hidden = set(cells.filter(symbol="[c]")["unit_code"])
    assert (
        hidden and set(complete.filter(pl.col("victim_sex_known").is_null())["unit_code"]) == hidden
    )


def test_not_stated_is_not_recorded(request_, victims_):
    row = frame(completeness.completeness(request_)).filter(unit_code="All").row(0, named=True)
    told = victims_.filter(pl.col("victim_ethnicity") != "NS").height  # null is neither
    assert (row["victim_ethnicity_known"], row["victim_ethnicity_victims"]) == (
        told,
        victims_.height,
    )


def test_expected_detections_are_those_of_the_same_offences(request_, victims_):
    followed = victims_.filter(pl.col("reported_on") < date(2004, 1, 6)).with_columns(
        sex=pl.col("victim_sex").fill_null("unknown"),
        hit=(pl.col("detection") == "sanction").fill_null(False),
    )
    stratum = ["ocu", "offence"]
    rates = followed.group_by(stratum).agg(rate=pl.col("hit").mean())
    expected = followed.join(rates, on=stratum).group_by("sex").agg(pl.col("rate").sum())
    by_sex = dict(expected.rows())
    rows = frame(ratios.ratios(request_, "victim_sex"))
    for group, code in (("Female", "female"), ("Male", "male")):
        row = rows.filter(group=group).row(0, named=True)
        assert row["expected"] == pytest.approx(by_sex[code])
        assert row["detected"] == followed.filter(pl.col("sex") == code)["hit"].sum()


def test_a_mix_of_offences_is_no_difference_of_groups(folder):
    """Women here are victims of kidnap, men of blackmail, and kidnaps are detected more often;
    within each offence all fare alike: only the bare ratio differs from 1."""
    rows = []
    for sex, kidnaps, blackmails in (("female", 80, 20), ("male", 20, 80)):
        for offence, count, every in (("kidnap", kidnaps, 2), ("blackmail", blackmails, 10)):
            for n in range(count):
                hit = "sanction,2004-02-01" if n % every == 0 else ","
                ref = f"{sex[0]}{offence[0]}{n}"
                rows.append(f"{ref},2004-01-10,{offence},Camden,SCD7,person,{sex},{hit}\n")
    folder.load("crimes", HEAD + "".join(rows), "2004-07-11")
    folder.publish("2004-07-12")
    found = ratios.ratios(open_request(AS_AT, data=folder.data), "victim_sex")
    women = frame(found).filter(group="Female").row(0, named=True)
    assert women["relative_low"] > 1
    assert women["like"] == pytest.approx(1)
    assert found.title.startswith("Like for like, no group's")


def test_a_difference_within_an_offence_is_said(folder):
    rows = []
    for sex, every in (("female", 10), ("male", 2)):
        for n in range(200):
            hit = "sanction,2004-02-01" if n % every == 0 else ","
            rows.append(f"{sex[0]}{n},2004-01-10,kidnap,Camden,SCD7,person,{sex},{hit}\n")
    folder.load("crimes", HEAD + "".join(rows), "2004-07-11")
    folder.publish("2004-07-12")
    found = ratios.ratios(open_request(AS_AT, data=folder.data), "victim_sex")
    assert "less often for victims who are Female" in found.title
    assert "more often for victims who are Male" in found.title


def test_the_workforce_of_small_units_is_hidden(folder):
    head = "unit_code,month,posts,in_post,female,minority_ethnic\n"
    folder.load(
        "strength",
        f"{head}SCD1,2004-06-01,900,900,250,68\nSCD2,2004-06-01,96,90,25,3\n"
        "SCD7,2004-06-01,600,600,157,42\nSCD8,2004-06-01,300,300,,22\n",
        "2004-07-11",
    )
    folder.publish("2004-07-12")
    found = staff.workforce(open_request(AS_AT, data=folder.data))
    rows = {row["unit_code"]: row for row in found.rows.to_pylist()}
    assert rows["SCD2"]["minority_ethnic"] is None
    # One more is hidden, else the total would give SCD2's back.
    assert [rows[unit]["minority_ethnic"] for unit in ("SCD1", "SCD7")].count(None) == 1
    assert rows["SCD2"]["female"] == 25 and rows["All"]["minority_ethnic"] == 113
    assert "SCD8" not in rows and "No return of SCD8." in found.notes


@pytest.mark.parametrize(("kind", "said"), [("business", "a person as its victim"), ("person", "")])
def test_reports_that_name_no_person_say_that_there_are_no_victims(folder, kind, said):
    folder.load("crimes", HEAD + f"R1,2004-07-01,murder,Camden,SCD1,{kind},,,\n", "2004-07-02")
    request = open_request(folder.publish("2004-07-12").as_at, data=folder.data)
    assert said in completeness.why_none(request) and bool(said) == bool(
        completeness.why_none(request)
    )
