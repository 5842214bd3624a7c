"""Which kind a file is, what it has to be told, and what the last file of its layout was told."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import catalogue as catalogues
from dashboard import ingest
from dashboard.errors import ContentError
from dashboard.ingest.recognising import recognised
from tests.fuzz import hostile

OWN = "Ref,Reported,offence,borough,ocu\n"
TOLD = {"crime_ref": "Ref", "reported_on": "Reported"}


def looked_at(folder, text: str, name: str = "x.csv"):
    path = folder.path / name
    path.write_text(text, encoding="utf-8")
    return recognised(path, folder.data, catalogues.load(catalogues.PACKAGED))


def load(folder, text: str, vintage: str, **told):
    folder.count += 1
    path = folder.path / f"source-{folder.count}.csv"
    path.write_text(text, encoding="utf-8")
    day = date.fromisoformat(vintage)
    return ingest.import_files("crimes", [path], data=folder.data, vintage=day, **told)[0]


@pytest.mark.parametrize("kind", hostile.kinds_of(hostile.packaged()))
def test_a_file_with_the_headings_of_a_kind_is_taken_for_it(folder, kind):
    heads, row = hostile.rows_of(kind, hostile.packaged())
    # What any publisher calls the borough stands in no format.
    heads = ["borough" if name == "area" else name for name in heads]
    found = looked_at(folder, f"{','.join(heads)}\n{','.join(row)}\n")
    assert found.readings[0].kind == kind and not found.readings[0].missing


def test_all_that_has_to_be_told_is_named_at_once(folder):
    found = looked_at(folder, OWN + "R1,01/02/2015,murder,Camden,SCD1\n")
    first = found.readings[0]
    assert (first.kind, first.missing) == ("crimes", ("crime_ref", "reported_on"))
    assert found.likeliest is None
    assert first.headings == ("Ref", "Reported", "offence", "borough", "ocu")
    assert {item.name: item.heading for item in first.columns}["area"] == "borough"


@pytest.mark.parametrize(
    ("other", "open_"),
    [("03/04/2015", True), ("13/02/2015", False), ("2015-02-01", True)],
)
def test_a_date_that_can_be_read_two_ways_is_asked_for_where_no_other_settles_it(
    folder, other, open_
):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    rows = f"R1,01/02/2015,murder,Camden,SCD1\nR2,{other},murder,Camden,SCD1\n"
    first = looked_at(folder, head + rows).readings[0]
    assert bool(first.two_ways) is open_


def test_what_is_no_kind_is_taken_for_none(folder):
    found = looked_at(folder, "a,b\n1,2\n")
    assert found.likeliest is None and found.readings[0].missing


def test_the_next_file_of_a_layout_is_read_as_the_last_one_was(folder):
    first = OWN + "R1,01/02/2015,murder,Camden,SCD1\n"
    load(folder, first, "2015-05-01", columns=TOLD, dates="mdy")
    later = OWN + "R1,01/02/2015,murder,Camden,SCD1\nR2,03/04/2015,murder,Camden,SCD1\n"
    kept = looked_at(folder, later).likeliest.kept
    assert (kept.columns, kept.dates, kept.sheet) == (TOLD, "mdy", None)
    account = load(folder, later, "2015-06-01")
    assert account.rows_accepted == 2
    assert "Ref as crime_ref" in account.warnings[0] and "month first" in account.warnings[0]
    rows = pl.read_parquet(ingest.staged(folder.data)[-1].path)
    assert sorted(rows["reported_on"]) == [date(2015, 1, 2), date(2015, 3, 4)]
    # The same file again is known, and what it says itself comes before what was kept.
    assert load(folder, later, "2015-06-01").rows_superseded == 2
    other = OWN + "R3,13/02/2015,murder,Camden,SCD1\n"
    assert load(folder, other, "2015-07-01").rows_accepted == 1


def test_another_layout_or_a_withdrawn_file_says_nothing(folder):
    load(folder, OWN + "R1,2015-02-01,murder,Camden,SCD1\n", "2015-05-01", columns=TOLD)
    wider = OWN.replace("Ref", "Ref,Note") + "R1,,2015-02-01,murder,Camden,SCD1\n"
    with pytest.raises(ContentError, match="no column crime_ref, reported_on"):
        load(folder, wider, "2015-06-01")
    ingest.withdraw(ingest.staged(folder.data)[0], folder.data)
    with pytest.raises(ContentError, match="no column crime_ref, reported_on"):
        load(folder, OWN + "R2,2015-02-01,murder,Camden,SCD1\n", "2015-06-01")
