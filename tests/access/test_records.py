"""Whose records are open stands in the catalogue: one cell closes a unit wherever records leave."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlglot
from sqlglot import exp

from dashboard import catalogue as catalogues
from dashboard import queries, reports
from dashboard.access import LOCAL, look_as, records
from dashboard.errors import NotAllowedError
from dashboard.export.packs import files as pack
from dashboard.reports.explore import questions
from dashboard.reports.measure import chart_rows
from dashboard.reports.overtime.exceptions import exceptions
from dashboard.reports.quality import to_put_right
from dashboard.reports.unit import mixes
from dashboard.reports.unit import records as record_reports
from dashboard.snapshots import manifest

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "data" / "catalogue"
AS_AT = date(2004, 7, 12)
# Nobody has validated any: a column that no file had would not be known to be empty.
CRIMES = "crime_ref,reported_on,offence,borough,ocu,branch,victim_kind,validated_on\n"
CLAIMS = "worked_on,started_at,ended_at,ocu,branch,staff_ref,category,duty,hours,cost_gbp\n"


@pytest.fixture(scope="module")
def real() -> catalogues.Catalogue:
    return catalogues.load(CATALOGUE)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("SCD7", "open"),
        ("SCD7(5)/1", "open"),
        ("SCD5", "own"),  # child abuse
        ("SCD8(2)", "own"),  # Trident
        ("SCD10", "never"),
        ("SCD11(1)", "never"),
    ],
)
def test_the_catalogue_says_whose_records_are_open(real, unit, kind):
    assert records.standing(real, unit) == kind


def test_each_role_opens_what_the_catalogue_lets_it(real):
    def opens(role) -> set[str]:
        return {code for code in records.opened(real, role) if real.units[code].level == "ocu"}

    everyday = {"SCD1", "SCD2", "SCD4", "SCD6", "SCD7"}
    assert opens(LOCAL) == opens(look_as("chair")) == everyday | {"SCD5", "SCD8"}
    assert opens(look_as("analyst")) == everyday
    assert opens(look_as("ocu_commander", "SCD5")) == {"SCD5"}
    # A commander of a unit whose records nobody sees opens none either.
    assert opens(look_as("ocu_commander", "SCD10")) == set()
    assert opens(look_as("borough_viewer", borough="E09000007")) == set()
    assert opens(look_as("auditor")) == set()


def test_no_unit_code_stands_in_code_or_sql_of_who_sees_what(real):
    """Covert units of another name are closed: nothing but the catalogue knows them."""
    never = [code for code in real.units if records.standing(real, code) == "never"]
    root = CATALOGUE.parent.parent
    files = [*root.glob("queries/**/*.sql"), *root.glob("dashboard/access/*.py")]
    files += [*root.glob("dashboard/reports/**/*.py"), *root.glob("dashboard/snapshots/*.py")]
    named = [
        path.name
        for path in files
        for code in never
        if re.search(rf"['\"]{re.escape(code)}['\"]", path.read_text("utf-8"))
    ]
    assert named == []


def reorganised(folder, cells: dict[str, str], column: str = "records") -> None:
    """A catalogue of the test's data folder in which only these cells close a unit."""
    shutil.copytree(CATALOGUE, folder.data / "catalogue")
    path = folder.data / "catalogue" / "organisation.csv"
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    top = {"MPS": "open" if column == "records" else "no"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow([column if name == "records" else name for name in rows[0]])
        for row in rows:
            out.writerow((row | {"records": (top | cells).get(row["code"], "")}).values())


def loaded(folder) -> reports.Request:
    """Five kidnaps of SCD7(1), three frauds of SCD6(1), two unauthorised claims of each."""
    crimes = [f"A{n},2004-06-0{n},kidnap,Camden,SCD7,SCD7(1),person,\n" for n in range(1, 6)]
    crimes += [f"B{n},2004-06-0{n},fraud,Camden,SCD6,SCD6(1),person,\n" for n in range(1, 4)]
    # April to June are whole months by a report at each edge.
    crimes += [f"E{day},2004-{day},murder,Camden,TP,,person,\n" for day in ("04-01", "06-30")]
    folder.load("crimes", CRIMES + "".join(crimes), "2004-07-11")
    claims = [
        f"2004-05-0{n},2004-05-0{n}T18:00,2004-05-0{n}T20:00,{unit},{unit}(1),P{unit}-{n},"
        "planned,investigation,2,50\n"
        for unit in ("SCD7", "SCD6")
        for n in (1, 2)
    ]
    folder.load("overtime", CLAIMS + "".join(claims), "2004-07-11")
    folder.publish("2004-07-12")
    return reports.open_request(AS_AT, data=folder.data)


SPAN = {"since": date(2004, 1, 1), "until": AS_AT}


def test_a_covert_unit_of_another_name_is_closed_by_page_report(folder):
    reorganised(folder, {"SCD7": "never"})
    request = loaded(folder)
    track = chart_rows.track_of(request, "SCD7", "kidnaps")
    assert track.year[-1].numerator == 5  # what is counted is counted
    assert record_reports.records_behind(request, track) is None
    assert record_reports.why_no_records(request, track) == "Records of SCD7 are never shown."
    assert mixes.mix(request, track, "weapon") is None
    assert to_put_right.worklist(request, "SCD7", None) is None
    listed = exceptions(request, "SCD")
    assert set(listed.listed.rows.column("unit_code").to_pylist()) == {"SCD6"}
    assert [row["withheld"] for row in listed.summary.rows.to_pylist()] == [2, 0, 0, 0]
    assert [row["n"] for row in listed.summary.rows.to_pylist()] == [4, 0, 0, 0]


def test_a_covert_unit_of_another_name_is_closed_by_named_query(folder):
    reorganised(folder, {"SCD7": "never"})
    request = loaded(folder)
    page = {"limit": 99, "offset": 0}
    for unit in ("SCD", "SCD7", "MPS"):
        found = request.run("records", measure="kidnaps", unit=unit, **page, **SPAN)
        assert found.num_rows == 0
        before = {"before": date(2003, 1, 1)}
        assert request.run("mix", measure="kidnaps", unit=unit, **before, **SPAN).num_rows == 0
        work = request.run("quality_worklist", unit=unit, **page).to_pylist()
        assert "SCD7" not in {row["ocu"] for row in work}
    assert {row["ocu"] for row in request.run("quality_worklist", unit="SCD", **page).to_pylist()}


def test_a_covert_unit_of_another_name_is_closed_in_own_sql(folder):
    reorganised(folder, {"SCD7": "never"})
    request = loaded(folder)
    for table in ("crimes", "overtime"):
        rows = questions.answer_of(request, f"select distinct ocu from {table}").rows.to_pylist()
        assert rows and "SCD7" not in {row["ocu"] for row in rows}


def test_a_covert_unit_of_another_name_is_closed_in_the_pack(folder):
    reorganised(folder, {"SCD7": "never"})
    request = loaded(folder)
    made = pack.produce(request, "unit", "csv", "SCD7", None)
    assert b"A1" not in made.content and b"PSCD7-1" not in made.content
    other = pack.produce(request, "unit", "csv", "SCD6", None)
    assert b"B1" in other.content  # the same pack of an open unit lists its oldest faults


def test_a_second_covert_unit_is_closed_as_the_first(folder):
    reorganised(folder, {"SCD7": "never", "SCD6": "never"})
    request = loaded(folder)
    rows = questions.answer_of(request, "select distinct ocu from crimes").rows.to_pylist()
    assert rows == [{"ocu": "TP"}]
    assert questions.answer_of(request, "select ocu from overtime").rows.num_rows == 0
    listed = exceptions(request, "SCD")
    assert listed.listed.rows.num_rows == 0
    assert [row["withheld"] for row in listed.summary.rows.to_pylist()] == [4, 0, 0, 0]
    assert b"B1" not in pack.produce(request, "unit", "csv", "SCD6", None).content


def test_a_closed_branch_of_an_open_unit_is_closed(folder):
    reorganised(folder, {"SCD7(1)": "never"})
    request = loaded(folder)
    found = request.run("records", measure="kidnaps", unit="SCD7", limit=99, offset=0, **SPAN)
    assert found.num_rows == 0


def test_a_restricted_units_records_open_to_its_own_people(folder):
    reorganised(folder, {"SCD7": "own"})
    loaded(folder)
    roles = [
        (look_as("chair"), 5),
        (LOCAL, 5),
        (look_as("analyst"), 0),
        (look_as("ocu_commander", "SCD7"), 5),
        (look_as("ocu_commander", "SCD6"), 0),
    ]
    for role, count in roles:
        request = reports.open_request(AS_AT, data=folder.data, role=role)
        asked = {"measure": "kidnaps", "unit": "SCD7", "limit": 99, "offset": 0}
        assert (role.words, request.run("records", **asked, **SPAN).num_rows) == (role.words, count)


def test_a_snapshot_of_before_opens_and_what_it_restricted_is_never_shown(folder):
    """`restricted` did not tell own from never: the safer is taken."""
    reorganised(folder, {"SCD7": "yes"}, column="restricted")
    request = loaded(folder)
    units = catalogues.load(request.snapshot.path / "catalogue").units
    assert (units["SCD7"].records, units["TP"].records) == ("never", "open")
    assert "never shown" in request.closed("SCD7(1)")
    assert request.closed("TP") == ""


def test_a_snapshot_whose_units_lack_the_column_answers(folder):
    """Snapshots of earlier programs published units without `records`."""
    request = loaded(folder)
    units = request.snapshot.path / "marts" / "units.parquet"
    rows = pq.read_table(units).drop_columns(["records"])
    pq.write_table(rows, units)
    written = request.snapshot.manifest
    named = {"bytes": units.stat().st_size, "sha256": manifest.sha256(units), "rows": rows.num_rows}
    written["files"]["marts/units.parquet"] = named
    manifest.write(request.snapshot.path, written)
    request = reports.open_request(AS_AT, data=folder.data)
    asked = {"measure": "kidnaps", "unit": "SCD7", "limit": 99, "offset": 0}
    assert request.run("records", **asked, **SPAN).num_rows == 5


def test_a_role_without_records_runs_no_query_that_returns_them(folder):
    loaded(folder)
    role = look_as("borough_viewer", borough="E09000007")
    viewer = reports.open_request(AS_AT, data=folder.data, role=role)
    listing = [
        name
        for name, query in queries.find("reports").items()
        if records.REFERENCES & set(query.returns)
    ]
    assert set(listing) >= {"records", "faults", "quality_worklist", "overtime_exceptions"}
    for name in listing:
        assert name not in questions.questions(viewer)
        with pytest.raises(NotAllowedError):
            viewer.run(name)


def test_what_lists_records_reads_open_ones_only():
    """A new query that returns a reference reads <table>_open, or asks claim_open."""
    closed = {table.table for table in records.TABLES}
    for name, query in queries.find("reports").items():
        if not records.REFERENCES & set(query.returns):
            continue
        parsed = sqlglot.parse_one(query.sql, read="duckdb")
        steps = {cte.alias for cte in parsed.find_all(exp.CTE)}
        tables = {table.name for table in parsed.find_all(exp.Table)} - steps
        assert not tables & closed, name
        assert tables & {f"{table}_open" for table in closed} or "claim_open" in query.sql, name


def test_who_counts_people_by_group_says_so_and_does_not_leave_by_name(folder):
    """`equality_victims` printed 140 counts that its page hides."""
    request = loaded(folder)
    for name, query in queries.find("reports").items():
        if not records.PROTECTED & set(re.findall(r"\w+", query.sql)):
            assert "people" not in query.header, name
            continue
        assert query.header.get("people"), name
        assert name not in questions.questions(request)
        with pytest.raises(NotAllowedError, match="small numbers hidden"):
            request.answer(name)
