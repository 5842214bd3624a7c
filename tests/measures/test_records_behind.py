"""A measure is one file: its figure, the records behind it and its mix come of its header."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import catalogue, queries, reports, snapshots
from dashboard.periods import next_start
from dashboard.reports.measure import chart_rows
from dashboard.reports.unit import mixes, records

AS_AT = date(2004, 7, 12)
COUNTED = [item for item in queries.measures().values() if item.fact == "crimes"]
# A share stands at the force, where no records are listed.
LISTED = [item for item in COUNTED if "share" not in item.query.header]
UNITS = {"SCD1": "ocu", "SCD5": "ocu", "SCD7": "ocu", "SCD8": "ocu", "SCD": "directorate"}
QUARTERS = (date(2003, 10, 1), date(2004, 4, 1))  # one that is over, and the last one up to June


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def listed(request, name, **params):
    """How many records the list says that there are."""
    rows = request.run(name, **params, borough=None, limit=1, offset=0)
    return rows.column("total")[0].as_py() if rows.num_rows else 0


@pytest.mark.few(3)
@pytest.mark.parametrize("measure", LISTED, ids=lambda item: item.id)
def test_as_many_records_stand_behind_a_figure_as_it_says(request_, measure):
    """Of every unit and several periods; of a rate its records are the whole."""
    for unit, level in UNITS.items():
        for since in QUARTERS:
            until = next_start(since, "quarter")
            span = {"measure": measure.id, "unit": unit, "since": since, "until": until}
            rows = request_.run(
                "measure_series", **span, level=level, borough=None, grain="quarter"
            ).to_pylist()
            part = "denominator" if measure.is_rate else "numerator"
            figure = sum(row[part] or 0 for row in rows)
            assert (unit, since, listed(request_, "records", **span)) == (unit, since, figure)


def test_as_many_faults_stand_open_as_the_stock_says(request_):
    name = request_.stock_of_faults
    for unit, level in UNITS.items():
        (last,) = request_.run(
            "measure_series",
            measure=name,
            unit=unit,
            level=level,
            borough=None,
            grain="week",
            since=date(2004, 7, 5),
            until=AS_AT,
        ).to_pylist()
        assert listed(request_, "faults", measure=name, unit=unit) == last["numerator"]


@pytest.mark.few(4)
@pytest.mark.parametrize("measure", COUNTED, ids=lambda item: item.id)
def test_the_header_says_to_another_reader_what_it_says_to_duckdb(sample_snapshot, measure):
    """polars reads the same words and comes to the same whole, all units and days together."""
    head = measure.query.header
    crimes = pl.read_parquet(sample_snapshot.path / "facts" / "crimes.parquet")
    units = pl.read_parquet(sample_snapshot.path / "marts" / "units.parquet")
    owner = units.filter(code=measure.owner).row(0, named=True)
    scopes = {
        "force": units["code"],
        "directorate": units.filter(directorate=owner["directorate"])["code"],
        "ocu": units.filter(ocu=owner["ocu"])["code"],
    }
    found = crimes.filter(
        pl.sql_expr(head["records"]),
        pl.col("ocu").is_in(scopes[measure.scope].to_list()),
        pl.lit(True) if head.get("no_crimes") == "in" else pl.col("no_crimed_on").is_null(),
    )
    observed = pl.read_parquet(sample_snapshot.path / "marts" / "observations.parquet").filter(
        (pl.col("measure") == measure.id) & (pl.col("grain") == "day")
    )
    part = "denominator" if measure.is_rate else "numerator"
    assert observed[part].sum() == found.height > 0


NIGHTS = """-- measure:   night_robbery
-- name:      Commercial robbery at night
-- question:  How many businesses were robbed after ten at night?
-- owner:     SCD7
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- fact:      crimes
-- records:   offence = 'robbery_business' and committed_hour >= 22
-- why:       what a night patrol could stop
-- review_on: 2005-04-01
"""


def test_a_measure_put_in_as_one_file_has_figure_records_and_mix(own_queries, folder):
    """One file, no other touched: it was a figure with no records behind it, and called sound."""
    (own_queries / "measures" / "night_robbery.sql").write_text(NIGHTS, "utf-8")
    lines = ["crime_ref,reported_on,committed_hour,offence,borough,ocu,weapon,no_crimed_on"]
    for number, (ocu, hour, gone) in enumerate(
        [("SCD7", 23, ""), ("SCD7", 22, ""), ("SCD7", 21, ""), ("SCD7", "", "")]
        + [("SCD7", 23, "2004-05-20"), ("TP", 23, ""), ("TP", 12, "")]
    ):
        day = f"2004-05-{1 + number:02d}"
        lines.append(f"R{number},{day},{hour},robbery_business,Camden,{ocu},knife,{gone}")
    lines += [f"E{day},{day},1,kidnap,Camden,SCD7,," for day in ("2004-04-01", "2004-06-30")]
    folder.load("crimes", "\n".join(lines) + "\n", "2004-07-01")
    folder.publish("2004-07-12")

    request = reports.open_request(AS_AT, None, folder.data)
    track = chart_rows.track_of(request, "SCD7", "night_robbery")
    assert sum(point.numerator for point in track.year) == 2
    behind = records.records_behind(request, track)
    assert behind.title == "Records behind · 2"
    assert behind.rows.column("crime_ref").to_pylist() == ["R1", "R0"]
    assert [row["n"] for row in mixes.mix(request, track, "weapon").rows.to_pylist()] == [2.0]
    assert request.definition("night_robbery").question.startswith("How many businesses")
    assert snapshots.faults(catalogue.folder_of(folder.data)) == []
