"""The catalogue: the real one has no fault, and each fault is named with file and line."""

from __future__ import annotations

import csv
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard import catalogue, ingest
from dashboard.errors import ContentError, NotFoundError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"
SPELLINGS = Path(__file__).with_name("spellings.csv")
REAL = os.environ.get("REAL_DATA")


@pytest.fixture(scope="module")
def real() -> catalogue.Catalogue:
    return catalogue.load(FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real catalogue, for a test to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))


def append(folder: Path, file: str, *rows: str) -> int:
    """Add rows at the end of a file; the line of the first of them."""
    path = folder / file
    content = path.read_text(encoding="utf-8")
    path.write_text(content + "".join(row + "\n" for row in rows), encoding="utf-8")
    return content.count("\n") + 1


def test_the_real_catalogue_has_no_fault():
    assert catalogue.faults(FOLDER) == []


# Each row is one a careful editor might still write; the words are those of the fault.
ROWS = [
    ("organisation.csv", "SCD3,ocu,SCD9,Lost,,,", "the parent of SCD3 is no unit; got: 'SCD9'"),
    ("organisation.csv", "SCD3,branch,SCD,High,,,", "SCD3 is of level branch, its parent of"),
    ("organisation.csv", "SCD7,ocu,SCD,Twice,,,", "code SCD7 stands already on line"),
    ("organisation.csv", "SCD3,unit,SCD,Odd,,,", "level is one of force, directorate, ocu"),
    ("organisation.csv", "SCD3,ocu,SCD,Odd,,perhaps,", "records is one of open, own, never, blank"),
    ("organisation.csv", "SCD3,ocu,SCD,,,,", "name is needed; got: ''"),
    ("organisation.csv", "MET,force,,Second,,,", "there is one force; got also: MET"),
    ("boroughs.csv", "E09000099,Camden,XYZ,borough,9,9,5,", "name 'Camden' stands already"),
    ("boroughs.csv", "E09000099,New,XYZ,borough,,,5,", "a borough has a tile"),
    ("boroughs.csv", "E09000099,New,XYZ,airport,4,0,,", "the tile is taken by line"),
    ("boroughs.csv", "E09000099,New,XYZ,borough,9,-1,5,", "grid_y is a whole number"),
    ("adjacency.csv", "E09000099,E09000007", "'E09000099' is no area in boroughs.csv"),
    ("adjacency.csv", "E09000007,E09000001", "a pair stands once, in either order"),
    ("adjacency.csv", "E09000007,E09000007", "an area does not touch itself"),
    ("aliases.csv", "area,,Barnet,E09000005", "'Barnet' is the name of E09000003"),
    ("aliases.csv", "area,,Nowhere,E09000099", "'E09000099' is no known area"),
    ("aliases.csv", "offence,mps-borough-crime, homicide ,murder", "stands for another code"),
    ("aliases.csv", "offence,mps-borough-crime,ARSON,arson", "'ARSON' stands again"),
    ("aliases.csv", "offence,mps-borough-crime,,arson", "published is needed"),
    ("aliases.csv", "value,,Bat,weapon.bat", "'weapon.bat' is no known value"),
    ("offences.csv", "piracy,Piracy,sea,SCD3,,,", "default_ocu is a unit of organisation.csv"),
    ("offences.csv", "piracy,Piracy,sea,TP,,12,", "a harm_weight has its harm_source"),
    ("offences.csv", "piracy,Piracy,sea,TP,,nan,x", "harm_weight is a number; got: 'nan'"),
    ("values.csv", "colour,red,Red", "field is one of detection,"),
    ("values.csv", "weapon,knife,Blade", "field weapon, code knife stands already"),
    ("targets.csv", "x,SCD3,2004-04-01,2005-04-01,2004-03-01,1,level,sourced,y", "unit_code is"),
    ("targets.csv", "x,TP,2005-04-01,2005-04-01,2004-03-01,1,level,sourced,y", "since is before"),
    ("targets.csv", "x,TP,2004-04-01,2005-04-01,2005-04-01,1,level,sourced,y", "set before its"),
    ("targets.csv", "x,TP,2004-04-31,2005-04-01,2004-03-01,1,level,sourced,y", "since is a date"),
    ("targets.csv", "x,TP,20040401,2005-04-01,2004-03-01,1,level,sourced,y", "since is a date"),
    ("targets.csv", "x,TP,2004-04-01,2005-04-01,2004-03-01,1,level,guess,y", "status is one of"),
    ("targets.csv", "x,TP,2004-04-01,2005-04-01,2004-03-01,many,level,sourced,y", "is a number"),
    ("profiles.csv", "x,TP,13,0.1", "month is from 1 to 12; got: '13'"),
    ("profiles.csv", "x,TP,1,1", "lacks the months 2, 3, 4"),
    ("meetings.csv", "tactical,2004-07-14,,", "grid_date is a Tuesday of the tactical grid"),
    ("meetings.csv", "tactical,2004-07-20,,", "grid_date is a Tuesday of the tactical grid"),
    ("meetings.csv", "tactical,2004-07-13,2004-07-13,", "is no exception"),
    ("sources.csv", "homicides,other,1,,,", "rank 1 of homicides is taken by line"),
    ("sources.csv", "homicides,other,0,,,", "rank is from 1 to 99"),
    ("priorities.csv", "children,Again,2004-06-01,,x", "the span overlaps the one on line"),
    ("priorities.csv", "new,New,2004-06-01,,", "measures names at least one code"),
    ("overtime_rates.csv", "holiday,2,2004-04-01,,x", "category is an overtime_category"),
    ("overtime_rates.csv", "court,2,2004-04-01,,x", "the span overlaps the one on line"),
    ("breaks.csv", ",E09000099,,2004-04-01,x", "area is an area of boroughs.csv"),
    ("breaks.csv", ",,SCD3,2004-04-01,x", "unit is a unit of organisation.csv"),
    ("breaks.csv", ",,,2004-04-01", "a row has 5 columns; got: 4"),
    ("breaks.csv", ',,,2004-04-01,"x', "the row is not readable as CSV"),
]


@pytest.mark.parametrize(("file", "row", "words"), ROWS)
def test_a_bad_row_is_named_with_its_file_and_line(copy: Path, file: str, row: str, words: str):
    line = append(copy, file, row)
    found = catalogue.faults(copy)
    assert [fault for fault in found if fault.startswith(f"{file}:{line}:") and words in fault]


def test_all_faults_are_reported_at_once(copy: Path):
    # One of form and two between files: a first fault does not hide the others.
    append(copy, "targets.csv", "x,TP,someday,2005-04-01,2004-03-01,1,level,sourced,y")
    append(copy, "adjacency.csv", "E09000099,E09000007")
    append(copy, "meetings.csv", "tactical,2004-07-14,,")
    assert [fault.split(":")[0] for fault in catalogue.faults(copy)] == [
        "adjacency.csv",
        "meetings.csv",
        "targets.csv",
    ]
    with pytest.raises(ContentError, match="the catalogue has 3 faults:\nadjacency.csv:"):
        catalogue.load(copy)


@pytest.mark.parametrize(
    ("since", "until", "set_on", "overlaps"),
    [
        ("2004-04-01", "2005-04-01", "2004-02-01", True),  # the same, set on the same day
        ("2004-04-01", "2005-04-01", "2004-06-30", False),  # a revision of the whole year
        ("2005-03-31", "2006-04-01", "2005-02-01", True),  # one day in common
        ("2005-04-01", "2006-04-01", "2005-02-01", False),  # the next year
    ],
)
def test_targets_that_overlap(copy: Path, since: str, until: str, set_on: str, overlaps: bool):
    line = append(
        copy,
        "targets.csv",
        "x,TP,2004-04-01,2005-04-01,2004-02-01,1,level,sourced,y",
        f"x,TP,{since},{until},{set_on},2,level,sourced,y",
    )
    words = f"targets.csv:{line + 1}: the target of x for TP overlaps the one on line {line}"
    assert catalogue.faults(copy) == ([words] if overlaps else [])


@pytest.mark.parametrize(("last", "total"), [("0.0803", None), ("0.0804", "1.0011")])
def test_profile_shares_add_up_to_one_within_a_thousandth(copy: Path, last: str, total: str | None):
    # Eleven of 0.0837 make 0.9207; 0.0803 more is the last that will do.
    rows = [f"x,TP,{month},0.0837" for month in range(1, 12)]
    line = append(copy, "profiles.csv", *rows, f"x,TP,12,{last}")
    words = f"profiles.csv:{line}: the shares of x for TP add up to 1; got: {total}"
    assert catalogue.faults(copy) == ([words] if total else [])


def test_a_cycle_of_parents(copy: Path):
    line = append(copy, "organisation.csv", "A,ocu,B,A,,,", "B,directorate,A,B,,,")
    assert catalogue.faults(copy) == [
        f"organisation.csv:{line}: A is its own ancestor",
        f"organisation.csv:{line + 1}: B is its own ancestor",
    ]


def test_a_row_that_cannot_be_read_makes_no_other_row_unknown(copy: Path):
    path = copy / "organisation.csv"
    path.write_text(path.read_text().replace("SCD6,ocu,", "SCD6,office,"), encoding="utf-8")
    assert len(catalogue.faults(copy)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "adjacency.csv:1: the file is empty"),
        (b"a\nE09000001\n", "adjacency.csv:1: the header has no column 'b'"),
        (b"a,b,a\n1,2,3\n", "adjacency.csv:1: the header has twice the column 'a'"),
        (b"a,b,c\n1,2,3\n", "adjacency.csv:1: the columns are a, b; got also: 'c'"),
        (b"a,b\nE09000001,\xe9\n", "adjacency.csv:2: the file is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(copy: Path, content: bytes, words: str):
    (copy / "adjacency.csv").write_bytes(content)
    assert catalogue.faults(copy) == [words]


def test_a_file_that_is_needed_is_there_and_has_rows(copy: Path):
    path = copy / "offences.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert catalogue.faults(copy) == ["offences.csv:2: the file has a header and no row"]
    path.unlink()
    assert catalogue.faults(copy) == ["offences.csv:1: the file is missing from the catalogue"]


def test_a_catalogue_may_be_without_neighbours(copy: Path):
    (copy / "adjacency.csv").write_text("a,b\n", "utf-8")
    assert catalogue.faults(copy) == []
    (copy / "adjacency.csv").unlink()
    assert catalogue.faults(copy) == []
    assert catalogue.load(copy).adjacency == frozenset()


def test_a_byte_order_mark_crlf_and_case_of_the_header_say_nothing(copy: Path):
    path = copy / "adjacency.csv"
    text = path.read_text(encoding="utf-8").replace("a,b\n", "A, B\n", 1)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert catalogue.faults(copy) == []


def test_roles(copy: Path):
    path = copy / "roles.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('records = "own"', 'records = "mine"'), encoding="utf-8")
    line = good[: good.index("[ocu_commander]")].count("\n") + 1
    assert catalogue.faults(copy) == [
        f"roles.toml:{line}: the role 'ocu_commander' has records one of all, "
        "open, own, none; got: 'mine'"
    ]
    path.write_text(good.replace("sees =", "looks =", 1), encoding="utf-8")
    assert (
        "'chair' has exactly the keys claims, may, name, records, sees"
        in (catalogue.faults(copy)[0])
    )
    path.write_text("[chair\n", encoding="utf-8")
    assert catalogue.faults(copy)[0].startswith("roles.toml:1: the file is not readable as TOML")


def test_measures_that_no_query_defines(copy: Path):
    line = append(copy, "priorities.csv", "new,New,2004-06-01,,homicides tyops")
    named = {row.measure for row in catalogue.load(copy).targets}
    named |= {name for row in catalogue.load(copy).priorities for name in row.measures}
    named |= {row.subject for row in catalogue.load(copy).sources}
    assert catalogue.faults(copy, named) == []
    assert catalogue.faults(copy, named - {"tyops"}) == [
        f"priorities.csv:{line}: measures are known measures; got: 'tyops'"
    ]


def test_no_folder(tmp_path: Path):
    with pytest.raises(ContentError, match="there is no catalogue folder 'gone'"):
        catalogue.load(tmp_path / "gone")


def test_the_hash_follows_the_content(copy: Path, real: catalogue.Catalogue):
    assert catalogue.load(copy).hash == real.hash
    append(copy, "aliases.csv", "area,,New spelling,E09000007")
    assert catalogue.load(copy).hash != real.hash


def test_units(real: catalogue.Catalogue):
    assert real.ancestors("SCD7(5)/1") == ("SCD7(5)", "SCD7", "SCD", "MPS")
    assert real.ocu_of("SCD7(5)/1") == real.ocu_of("SCD7") == "SCD7"
    assert real.ocu_of("TP") == "TP"
    assert real.level_of("SCD7(5)/1", "branch") == "SCD7(5)"
    assert real.level_of("SCD", "ocu") is None
    assert set(real.descendants("SCD2")) == {"SCD2(1)", "SCD2(2)"}
    with pytest.raises(NotFoundError, match="there is no unit 'SCD77'; near it: SCD7"):
        real.ancestors("SCD77")


def test_areas(real: catalogue.Catalogue):
    kinds = [area.kind for area in real.areas.values()]
    assert kinds.count("borough") == 32
    assert real.areas["E09000001"].kind == "not_policed"
    names = {real.areas[code].name for code in real.neighbours("E09000007")}
    touching = "City of London,Westminster,Brent,Barnet,Haringey,Islington"
    assert names == set(touching.split(","))
    # The boroughs' populations add up to the file's London of 2004 less the City.
    people = sum(a.population or 0 for a in real.areas.values() if a.kind == "borough")
    assert abs(people - (7_432_730 - 7_118)) <= 40


def spellings() -> list[tuple[str, str, str]]:
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["source"], row["published"]) for row in csv.DictReader(file)]


def test_every_spelling_of_the_published_files_has_a_code(real: catalogue.Catalogue):
    missing = [spelt for spelt in spellings() if ingest.code_of(real, *spelt) is None]
    assert missing == []


def test_every_spelling_of_the_catalogue_resolves_to_its_code(real: catalogue.Catalogue):
    for alias in real.aliases:
        name, _, code = alias.code.partition(".") if alias.kind == "value" else ("", "", "")
        found = real.resolve(alias.kind, alias.source, alias.published.swapcase(), name)
        assert found == (code or alias.code)


@pytest.mark.parametrize(
    ("kind", "source", "spelt", "code"),
    [
        ("area", "any", "Barking  &\tDagenham", "E09000002"),
        ("area", "any", "e09000002", "E09000002"),
        ("area", "any", "London Heathrow and London City Airports", "heathrow"),
        ("area", "any", "", "unknown"),
        ("area", "any", None, "unknown"),
        ("area", "any", "Dartford", None),
        ("offence", "mps-borough-crime", "Drug Trafficking", "drug_trafficking"),
        ("offence", "mps-borough-crime", "TRAFFICKING OF DRUGS", "drug_trafficking"),
        ("offence", "mps-borough-crime", "HOMICIDE", "homicide"),
        ("offence", "mps-business-crime", "HOMICIDE", "business.homicide"),
        ("offence", "mps-business-crime", "ROBBERY OF BUSINESS PROPERTY", "robbery_business"),
        ("offence", "mps-monthly-dashboard", "Hate crime", "hate_crime"),
        ("offence", "mps-business-crime", "KIDNAP", None),  # our kidnap need not be theirs
        ("offence", "mps-business-crime", "kidnap", "kidnap"),  # the code itself is
        ("offence", "crimes", "Robbery of business property", "robbery_business"),
        ("offence", "crimes", None, None),
    ],
)
def test_resolve(
    real: catalogue.Catalogue, kind: str, source: str, spelt: str | None, code: str | None
):
    assert ingest.code_of(real, kind, source, spelt) == code


def test_resolve_a_value(real: catalogue.Catalogue):
    assert real.resolve("value", "mps-homicide-victims", "Shooting", "weapon") == "firearm"
    assert real.resolve("value", "crimes", "M", "victim_sex") == "male"
    assert real.resolve("value", "crimes", "65+", "victim_age_band") == "65+"
    assert real.resolve("value", "crimes", "Shooting", "weapon") is None


def test_tactical_meetings_are_held_on_the_grid_but_for_exceptions(real: catalogue.Catalogue):
    assert real.held_on(date(2004, 7, 13)) == date(2004, 7, 13)
    assert real.held_on(date(2004, 12, 28)) == date(2005, 1, 4)
    assert real.held_on(date(2005, 12, 27)) is None
    assert real.held_on(date(2025, 8, 12)) == date(2025, 8, 12)


def test_a_target_is_the_latest_set_before_the_as_at(copy: Path):
    append(
        copy,
        "targets.csv",
        "x,TP,2004-04-01,2005-04-01,2004-02-01,1,level,sourced,y",
        "x,TP,2004-04-01,2005-04-01,2004-06-30,2,level,sourced,y",
    )
    found = catalogue.load(copy)

    def target(as_at: date) -> float | None:
        row = found.target("x", "TP", date(2004, 5, 1), as_at)
        return row.target if row else None

    assert target(date(2004, 2, 1)) is None  # set on that day: not known before it
    assert target(date(2004, 2, 2)) == 1
    assert target(date(2004, 6, 30)) == 1
    assert target(date(2004, 7, 1)) == 2


def test_priorities_and_breaks(real: catalogue.Catalogue):
    found = real.priorities_of("homicides", date(2004, 7, 12))
    assert [priority.code for priority in found] == ["homicide"]
    assert real.priorities_of("homicides", date(2005, 4, 1)) == ()
    days = [row.on for row in real.breaks_of("x", {"fraud_forgery"}) if not row.area]
    # February 2013 counts both ways: its first whole month without fraud begins a part of its own
    both = [date(2013, 2, 1), date(2013, 3, 1)]
    assert sorted(days) == [date(2002, 4, 1), *both, date(2024, 3, 1)]


@pytest.mark.skipif(not REAL, reason="REAL_DATA names no folder of the published files")
def test_spellings_are_those_of_the_files(real: catalogue.Catalogue):
    """The list that this test carries misses nothing that the files say."""
    import polars

    carried = {(source, published) for kind, source, published in spellings() if kind == "offence"}
    folder = Path(str(REAL))
    for file in folder.glob("mps_borough_crime/*.csv"):
        rows = polars.read_csv(file, has_header=True)
        assert {("mps-borough-crime", text) for text in rows["MinorText"]} <= carried
        assert all(real.resolve("area", "mps-borough-crime", text) for text in rows[:, 2])
    for pattern, source, column, area in (
        ("business-*.parquet", "mps-business-crime", "crime_group", "borough"),
        ("monthly-*.parquet", "mps-monthly-dashboard", "crime_subtype", "area_name"),
    ):
        for file in folder.glob(f"mps_dashboards/{pattern}"):
            rows = polars.read_parquet(file)
            assert {(source, text) for text in rows[column].unique()} <= carried
            if "area_type" in rows.columns:
                rows = rows.filter(polars.col("area_type") == "Borough")
            assert all(real.resolve("area", source, text) for text in rows[area].unique())
