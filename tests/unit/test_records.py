"""The records behind a figure: as many as the figure says, in pages, newest first."""

from datetime import date

import pytest

from dashboard import queries, reports
from dashboard.reports.measure import chart_rows
from dashboard.reports.request import paging
from dashboard.reports.unit import mixes, records, unit_boroughs

HEAD = (
    "crime_ref,reported_on,offence,borough,ocu,branch,weapon,victim_kind,victim_ethnicity,"
    "detected_on,detection,detection_authorised_on,no_crimed_on,validated_on\n"
)
OFFENCES = {
    "SCD1": ("murder", "manslaughter", "infanticide", "attempted_murder"),
    "SCD5": ("child_cruelty", "child_sexual", "child_assault"),
    "SCD6": ("money_laundering",),
    "SCD7": (
        "robbery_business",
        "cash_in_transit_robbery",
        "kidnap",
        "blackmail",
        "drug_trafficking",
        "robbery_personal",
        "firearms_possession",
    ),
    "SCD8": ("shooting_nonfatal", "murder", "attempted_murder"),
}
WEAPONS = ("firearm", "imitation_firearm", "knife", "")


def lines() -> str:
    """Every offence of each unit with every weapon, each a second time no-crimed; in May 2004."""
    found = []
    for ocu, offences in OFFENCES.items():
        for offence in offences:
            for weapon in WEAPONS:
                for no_crimed in ("", "2004-05-20"):
                    kind = "person" if weapon else "business"
                    number, who = len(found), f"{offence},Camden,{ocu},,{weapon},{kind},W1"
                    day = f"2004-05-{1 + number % 31:02d}"
                    found.append(f"R{number:04d},{day},{who},,,,{no_crimed},2004-06-01")
    return HEAD + "\n".join(found) + "\n"


@pytest.fixture
def request_(folder):
    """Reports of one whole month, April to June being covered by two more at its edges."""
    edges = "".join(
        f"E{day},{day},murder,Camden,TP,,,person,W1,,,,,{day}\n"
        for day in ("2004-04-01", "2004-06-30")
    )
    folder.load("crimes", lines() + edges, "2004-07-01")
    folder.publish("2004-07-12")
    return reports.open_request(date(2004, 7, 12), None, folder.path / "data")


def of_records() -> list[str]:
    """The measures that are counted from records, but for the stock of faults."""
    return [m.id for m in queries.measures().values() if m.fact == "crimes"]


@pytest.mark.few(2)
@pytest.mark.parametrize("unit", OFFENCES)
def test_as_many_records_as_the_figure_says(request_, unit):
    """Records of other offences, weapons and units, and no-crimes, stand behind none."""
    seen = 0
    for name in of_records():
        track = chart_rows.track_of(request_, unit, name)
        if track is None or track.measure.id == "scd_share_of_gun_crime":
            continue
        rate = track.measure.is_rate
        figure = sum((p.denominator if rate else p.numerator) or 0 for p in track.year)
        found = records.records_behind(request_, track)
        total = found.rows.column("total")[0].as_py() if found.rows.num_rows else 0
        assert (name, total) == (name, figure)
        seen += bool(total)
    assert seen >= 2  # the unit's own measures did occur


def test_newest_first_and_no_more_than_a_page(request_):
    track = chart_rows.track_of(request_, "SCD5", "child_abuse_offences")
    days = records.records_behind(request_, track).rows.column("reported_on").to_pylist()
    assert days == sorted(days, reverse=True) and len(days) <= paging.PAGE


def test_a_page_beyond_the_last_is_empty_not_an_error(request_):
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    assert records.records_behind(request_, track, page=9).rows.num_rows == 0


def test_the_borough_filter_is_kept(request_):
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    camden = records.records_behind(request_, track, "E09000007")
    brent = records.records_behind(request_, track, "E09000005")
    assert (camden.rows.num_rows, brent.rows.num_rows) == (len(WEAPONS), 0)


def test_mix_counts_a_year_and_the_year_before(request_):
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    found = mixes.mix(request_, track, "weapon").rows.to_pylist()
    assert {row["code"]: row["n"] for row in found} == {
        "firearm": 1,
        "imitation_firearm": 1,
        "knife": 1,
        "unknown": 1,
    }
    assert found[-1]["code"] == "unknown"  # always last
    assert {row["before"] for row in found} == {0}


def test_oldest_fault_first(request_):
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    assert records.faults(request_, track).rows.num_rows == 0  # all were validated


def test_tiles_and_the_rest_are_the_total(request_):
    track = chart_rows.track_of(request_, "SCD7", "commercial_robbery")
    found = unit_boroughs.boroughs(request_, track)
    last = max(row["slot"] for row in found.rows.to_pylist())
    rows = [row for row in found.rows.to_pylist() if row["slot"] == last - 3]  # in May
    assert sum(row["numerator"] or 0 for row in rows) > 0
    assert len(rows) == 35  # 32 boroughs, the City, the airports, unknown
    (city,) = [row for row in rows if row["kind"] == "not_policed"]
    assert city["value"] is None
