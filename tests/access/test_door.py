"""Counts of people by group at the door: declared, hidden, and what stays on the screen stays."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from dashboard import queries, reports
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import Chosen, lines
from dashboard.access.disclosure import People
from dashboard.access.witness import audit_of
from dashboard.errors import NotAllowedError
from dashboard.export import sheet_of
from dashboard.reports.equality import groups, ratios, staff
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.unit import mixes
from dashboard.stats import cell_suppression
from dashboard.ui.kit import downloads
from tests.access.matrix import organisation, roles

AS_AT = date(2004, 7, 12)
UNITS = organisation().kinds()
PEOPLE = sorted(name for name, query in queries.find("reports").items() if "people" in query.header)
HEAD = "crime_ref,reported_on,offence,borough,ocu,victim_kind,victim_sex\n"


def asking(data, role="local"):
    return reports.open_request(AS_AT, data=data, role=roles()[role])


def of_victims(folder, victims) -> reports.Request:
    """Asks of a snapshot of so many victims of each unit and sex."""
    lines = [
        f"{unit}{sex}{n},2004-01-10,kidnap,Camden,{unit},person,{sex}\n"
        for unit, sex, count in victims
        for n in range(count)
    ]
    folder.load("crimes", HEAD + "".join(lines), "2004-07-11")
    folder.publish("2004-07-12")
    return reports.open_request(AS_AT, data=folder.data)


def rows(**columns) -> pa.Table:
    return pa.table(columns)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_of_people_by_group_says_which_of_its_counts_they_are(sample_data, name):
    with pytest.raises(NotAllowedError, match="counts people by group"):
        asking(sample_data, "chair").disclose(rows(n=[7]), title="", query=name)


@pytest.mark.parametrize(
    ("counts", "shown"), [([0, 5], True), ([0, 1], False), ([4, 9], False), ([None, 9], True)]
)
def test_no_count_of_one_to_four_passes_whoever_asks(sample_data, counts, shown):
    request = asking(sample_data, "chair")
    table = rows(group=["Female", "Male"], n=counts)
    if shown:
        assert not request.disclose(table, title="", people=People(("n",))).staying
        return
    with pytest.raises(NotAllowedError, match="1 to 4"):
        request.disclose(table, title="", people=People(("n",)))


def test_who_tells_no_group_is_no_group(sample_data):
    table = rows(group=["Not known", "All"], n=[3, 4])
    people = People(("n",), frozenset({"Not known", "All"}))
    assert asking(sample_data).disclose(table, title="", people=people).rows == table


SEES_AGES = {
    ("chair", "own"): True,
    ("chair", "restricted"): True,
    ("analyst", "own"): True,
    ("analyst", "other"): True,
    ("analyst", "restricted"): False,
    ("ocu_commander", "own"): True,
    ("ocu_commander", "other"): False,
    ("ocu_commander", "restricted"): False,
}


@pytest.mark.parametrize(("role", "kind"), SEES_AGES)
def test_ages_of_a_unit_are_for_the_inner_circle_and_its_screen(sample_data, role, kind):
    request, unit = asking(sample_data, role), UNITS[kind]
    track = next(
        item for item in tracks(request, unit).values() if not mixes.unmixed(request, item)
    )
    assert ("victim_age_band" in mixes.fields(request, unit)) == SEES_AGES[role, kind]
    if not SEES_AGES[role, kind]:
        with pytest.raises(NotAllowedError, match="those who may open its records"):
            mixes.mix(request, track, "victim_age_band")
        return
    found = mixes.mix(request, track, "victim_age_band")
    for leave in (
        lambda: sheet_of(found),
        lambda: downloads.forms_of(found, "mix", None, None, None)["csv"](),
        lambda: request.witness.export("mix", [found], request.snapshot.id),
    ):
        with pytest.raises(NotAllowedError, match="for the screen"):
            leave()
    assert not [
        line
        for line in lines(audit_of(sample_data), Chosen(kinds=(Kind.export,)))
        if line.what == "mix"
    ]
    assert mixes.mix(request, track, "weapon").staying == ""


def test_a_unit_with_few_victims_is_counted_with_another(folder):
    """Of three in all no group could hold four."""
    kept = [
        ("SCD1", "female", 3),
        ("SCD6", "male", 9),
        ("SCD7", "male", 40),
        ("SCD7", "female", 30),
    ]
    found = groups.victims(of_victims(folder, kept), "victim_sex")
    by_unit = {
        row["unit_code"]: row["n"] for row in found.rows.to_pylist() if row["group"] == "All"
    }
    assert by_unit == {"SCD7": 70, "Other units": 12, "All": 82}


def test_where_no_pattern_protects_all_groups_are_withheld(folder):
    """Three victims are all there are: everybody knows it, and no group can be anything."""
    request = of_victims(folder, [("SCD7", "female", 3)])
    found = groups.victims(request, "victim_sex")
    assert {row["n"] for row in found.rows.to_pylist() if row["group"] != "All"} == {None}
    assert any("withheld" in note for note in found.notes)
    for row in ratios.ratios(request, "victim_sex").rows.to_pylist():
        assert {row[name] for name in ("victims", "followed", "detected", "share")} == {None}


def test_where_no_pattern_is_found_in_time_all_groups_are_withheld(folder, monkeypatch):
    kept = [
        ("SCD6", "male", 9),
        ("SCD6", "female", 3),
        ("SCD7", "male", 40),
        ("SCD7", "female", 30),
    ]
    at_once = {**cell_suppression.pattern.__kwdefaults__, "seconds": 0}
    monkeypatch.setattr(cell_suppression.pattern, "__kwdefaults__", at_once)
    found = groups.victims(of_victims(folder, kept), "victim_sex")
    assert {row["n"] for row in found.rows.to_pylist() if row["group"] != "All"} == {None}
    assert any("withheld" in note for note in found.notes)


def test_how_many_are_small_is_not_said(sample_data):
    """'4 are hidden, 1 of them is 1 to 4' narrowed the other three."""
    for field in groups.FIELDS:
        said = groups.victims(asking(sample_data), field)
        assert "1 to 4" not in said.subtitle and "give them back" not in said.subtitle


def test_a_share_does_not_tell_how_many_are_not_known(folder):
    """A share is of those whose group is known: with it the hidden rest could be reckoned."""
    kept = [("SCD6", "male", 20), ("SCD6", "", 2), ("SCD7", "male", 40), ("SCD7", "female", 30)]
    found = ratios.ratios(of_victims(folder, kept), "victim_sex")
    by_group = {row["group"]: row for row in found.rows.to_pylist()}
    assert by_group["Not known"]["victims"] is None
    assert {row["share"] for row in by_group.values()} == {None}


def test_staff_of_a_unit_with_a_few_in_post_are_left_out(folder):
    head = "unit_code,month,posts,in_post,female,minority_ethnic\n"
    folder.load(
        "strength",
        f"{head}SCD1,2004-06-01,900,900,250,68\nSCD2,2004-06-01,5,3,1,0\n"
        "SCD7,2004-06-01,600,600,157,42\n",
        "2004-07-11",
    )
    folder.publish("2004-07-12")
    found = staff.workforce(reports.open_request(AS_AT, data=folder.data))
    by_unit = {row["unit_code"]: row for row in found.rows.to_pylist()}
    assert "SCD2" not in by_unit and by_unit["All"]["female"] == 407
    assert any("SCD2" in note for note in found.notes)
