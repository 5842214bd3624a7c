"""Sums of finer areas: they serve the months for which no borough file speaks, and no others."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from dashboard import catalogue, ingest, reports

BOROUGHS = (
    "MajorText,MinorText,BoroughName,202403,202404\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Ealing,50,60\n"
)
WARDS = (
    "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202404,202405\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Park,E05000001,Ealing,20,4\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Hill,E05000002,Ealing,30,3\n"
    "ROBBERY,ROBBERY OF BUSINESS PROPERTY,Park,E05000003,Brent,1,2\n"
)
LSOAS = (
    "LSOA Code,LSOA Name,Borough,Major Category,Minor Category,202405,202406\n"
    "E01000001,Ealing 001A,Ealing,ROBBERY,ROBBERY OF BUSINESS PROPERTY,90,9\n"
)


def load(folder, kind: str, text: str, vintage: str) -> None:
    file = folder.path / f"{kind}-{vintage}.csv"
    file.write_text(text)
    known = date.fromisoformat(vintage)
    ingest.import_files(kind, [file], data=folder.data, vintage=known)


def months(folder) -> dict[int, int]:
    info = folder.publish("2024-07-20")
    request = reports.open_request(info.as_at, None, folder.data)
    rows = request.run("measure_series", measure="commercial_robbery", level="force", grain="month")
    return {row["period_start"].month: row["numerator"] for row in rows.to_pylist()}


@pytest.mark.parametrize("later", ["mps-ward-crime", "mps-borough-crime"])
def test_wards_serve_only_where_no_borough_file_speaks(folder, later):
    """March and April are the borough file's, May the wards', whichever was known last."""
    for kind, text in (("mps-borough-crime", BOROUGHS), ("mps-ward-crime", WARDS)):
        load(folder, kind, text, "2024-07-10" if kind == later else "2024-07-01")
    assert months(folder) == {3: 50, 4: 60, 5: 9}


def test_lsoas_serve_after_wards(folder):
    load(folder, "mps-lsoa-crime", LSOAS, "2024-07-10")
    load(folder, "mps-ward-crime", WARDS, "2024-07-01")
    assert months(folder) == {4: 51, 5: 9, 6: 9}


def test_a_finer_publisher_comes_last_whatever_ranks_say(folder):
    """Without sources.csv all publishers rank alike; the finer still waits for the coarser."""
    own = folder.data / "catalogue"
    shutil.copytree(catalogue.PACKAGED, own)
    (own / "sources.csv").write_text(
        "subject,publisher,rank,since,until,note\ncommercial_robbery,mps-ward-crime,1,,,\n"
    )
    load(folder, "mps-borough-crime", BOROUGHS, "2024-07-01")
    load(folder, "mps-ward-crime", WARDS, "2024-07-10")
    assert months(folder) == {3: 50, 4: 60, 5: 9}


def test_searches_of_a_force_are_a_measure_without_boroughs(folder):
    text = (
        "Type,Date,Object of search\n"
        "Person search,2024-06-30T23:20:00+00:00,Firearms\n"
        "Person search,2024-07-01T10:00:00+00:00,\n"
        "Person search,2024-07-01T10:00:00+00:00,\n"
    )
    load(folder, "police-uk-stop-and-search", text, "2024-07-10")
    info = folder.publish("2024-07-20")
    request = reports.open_request(info.as_at, None, folder.data)
    asked = {"measure": "stop_and_search", "grain": "month"}
    rows = request.run("measure_series", level="force", **asked).to_pylist()
    # Half past eleven in the evening UTC is the first of July where it happened.
    assert [(row["period_start"].month, row["numerator"]) for row in rows] == [(7, 3)]
    places = request.run("measure_series", level="borough", **asked).to_pylist()
    assert {row["borough"] for row in places} <= {"none"}
