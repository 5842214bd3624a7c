"""Harm beside counts: sums recomputed, places in both orders, and what no weight can say."""

from __future__ import annotations

import shutil
from datetime import date

import polars as pl
import pytest

from dashboard import catalogue, reports
from dashboard.reports.strategy import harm

AS_AT = date(2004, 7, 12)


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def by(found, key: str) -> dict[str, dict]:
    return {row[key]: row for row in found.rows.to_pylist()}


def test_sums_are_those_of_another_tool(request_):
    own = pl.read_csv(catalogue.folder_of(request_.data) / "offences.csv")
    weights = own.select("code", weight=pl.col("harm_weight").cast(pl.Float64))
    codes = {unit.code for unit in request_.catalogue.units.values() if unit.level == "ocu"}
    crimes = (
        pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet")
        .filter(
            pl.col("no_crimed_on").is_null(),
            pl.col("reported_on").is_between(date(2003, 7, 12), AS_AT, closed="left"),
            pl.col("ocu").is_in(codes),
        )
        .join(weights, left_on="offence", right_on="code", how="left")
    )
    for key, column, found in (
        ("unit_code", "ocu", harm.units(request_)),
        ("offence", "offence", harm.offences(request_)),
    ):
        expected = crimes.group_by(column).agg(
            n=pl.len(), weighed=pl.col("weight").count(), harm=pl.col("weight").sum()
        )
        rows = by(found, key)
        told = {row[column]: row for row in expected.to_dicts() if row[column] in rows}
        assert rows.keys() == told.keys() and rows
        for name, row in rows.items():
            assert (row["n"], row["weighed"]) == (told[name]["n"], told[name]["weighed"])
            # Without a weight harm is not known: never nothing.
            assert row["harm"] == (told[name]["harm"] if row["weighed"] else None)
            assert row["share"] == row["weighed"] / row["n"]


def test_no_sum_stands_without_its_share(request_):
    for found in (harm.units(request_), harm.offences(request_)):
        rows = found.rows.to_pylist()
        weighed, of = (sum(row[name] for row in rows) for name in ("weighed", "n"))
        assert f"{weighed:,} of {of:,} reports have a weight" in found.title
        known = [row["by_harm"] for row in rows]
        first = known[: sum(place is not None for place in known)]
        assert first == sorted(first) and first[0] == 1  # those without a weight come last


HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
ROWS = [("robbery_business", "SCD7")] * 2 + [("murder", "SCD1")] + [("fraud", "SCD6")] * 3


def published(folder, weights: dict[str, str]):
    """A snapshot of six reports, with these weights and no others."""
    root = catalogue.folder_of(folder.data)
    shutil.copytree(root, folder.data / "catalogue")
    path = folder.data / "catalogue" / "offences.csv"
    rows = pl.read_csv(path, infer_schema_length=0)
    said = [weights.get(code) for code in rows["code"]]
    rows.with_columns(
        harm_weight=pl.Series(said, dtype=pl.String),
        harm_source=pl.Series(["an index" if one else None for one in said], dtype=pl.String),
    ).write_csv(path)
    lines = [
        f"C{at},2004-05-0{at + 1},{offence},Hackney,{ocu}\n"
        for at, (offence, ocu) in enumerate(ROWS)
    ]
    folder.load("crimes", HEAD + "".join(lines), "2004-06-01")
    folder.publish("2004-06-07")
    return reports.open_request(date(2004, 6, 7), None, folder.data)


def test_as_much_harm_is_as_high_and_the_first_by_reports_is_named(folder):
    units = harm.units(published(folder, {"murder": "200", "robbery_business": "100"}))
    rows = by(units, "unit_code")
    assert [rows[code]["by_harm"] for code in ("SCD1", "SCD7", "SCD6")] == [1, 1, None]
    assert [rows[code]["by_count"] for code in ("SCD6", "SCD7", "SCD1")] == [1, 2, 3]
    assert "SCD1 and SCD7 are first by harm of 2 units" in units.title
    assert "SCD6 by reports" in units.title


def test_without_weights_nothing_is_said_of_harm(folder):
    request = published(folder, {})
    assert harm.units(request).title == harm.NO_WEIGHTS
    assert harm.offences(request).title == harm.NO_WEIGHTS
    assert all(row["harm"] is None for row in harm.units(request).rows.to_pylist())
