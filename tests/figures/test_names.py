"""Every table that can be taken along says what the screen says: no code without its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pytest

from dashboard import queries, reports
from dashboard.access import Disclosed
from dashboard.export import sheet_of
from dashboard.export.forms.sheets import Sheet
from dashboard.reports.packs import contents
from dashboard.reports.request import naming
from dashboard.ui.kit import section
from tests.figures import walk
from tests.figures.test_walk import ALERT, PACKS

UNIT = {"unit": ALERT["unit"]}
PAGES = [
    ("tasking", {}),
    ("boroughs", {}),
    ("boroughs", {"borough": ALERT["borough"]}),
    ("overtime", UNIT),
    ("ocu", UNIT | {"measure": "commercial_robbery", "of": "alert"}),
    ("ocu", {"unit": "SCD5", "measure": "open_quality_faults"}),
    ("ocu", UNIT | {"view": "day"}),
    ("decisions", {}),
    ("accountability", {}),
    ("accountability", {"view": "reviews"}),
    ("accountability", {"view": "improvement"}),
    ("strategy", {}),
    ("trends", {"measure": "gun_crime"}),
    ("quality", {}),
    ("equality", {}),
    ("backtest", {}),
    ("snapshots", {}),
]
# Words of the program: two and more that only a program puts together.
OF_THE_PROGRAM = re.compile(r"[a-z]+(_[a-z0-9]+)+")
# Columns of names that the reader's own machine gave: of files, and of what a person typed.
GIVEN = {"file", "id", "warnings", "sha256"}


def codes(request: reports.Request) -> set[str]:
    """What the catalogue and the queries call things, and people don't. Units are called so."""
    known = request.catalogue
    return {
        *(code for code in known.areas if not code.isalpha()),
        *(code for code in known.offences if "_" in code),
        *(code for code in queries.measures() if "_" in code),
        *(code for code in queries.fault_rules() if "_" in code),
        *(code for values in known.values.values() for code in values if "_" in code),
    }


def without_names(sheet: Sheet, known: set[str]) -> Iterator[str]:
    """The columns of text that hold a code, and are not said to hold codes beside their names."""
    named = {column.heading for column in sheet.columns} & {"Name", "What"}
    for place, column in enumerate(sheet.columns):
        beside = column.code or column.of or (column.name in ("code", "measure") and named)
        if beside or column.kind not in ("text", "series") or column.name in GIVEN:
            continue
        said = {word for line in sheet.lines() for word in re.split(r"[+, ]+", str(line[place]))}
        found = said & known | {word for word in said if OF_THE_PROGRAM.fullmatch(word)}
        if found:
            yield f"{column.heading}: {', '.join(sorted(found)[:3])}"


@pytest.fixture(scope="module")
def request_(sample_data, sample_snapshot):
    return reports.open_request(snapshot_id=sample_snapshot.id, data=sample_data)


@pytest.mark.few(5)
@pytest.mark.parametrize(("page", "of"), PAGES, ids=lambda item: str(item))
def test_no_table_of_a_page_has_a_code_alone(page, of, request_, sample_data, monkeypatch):
    taken: dict[str, Disclosed] = {}

    def take(disclosed, name, *_, **__):
        taken[name] = disclosed

    monkeypatch.setattr(section, "downloads", take)
    walk.bodies(page, sample_data, as_at=request_.as_at.isoformat(), **of)
    assert taken
    known = codes(request_)
    leaving = {name: item.whole for name, item in taken.items() if not item.staying}
    faults = {name: [*without_names(sheet_of(item), known)] for name, item in leaving.items()}
    assert not {name: said for name, said in faults.items() if said}


@pytest.mark.few(3)
@pytest.mark.parametrize(("pack", "of"), PACKS)
def test_no_table_of_a_pack_has_a_code_alone(pack, of, request_):
    known = codes(request_)
    parts = contents.pack(request_, pack, **of).parts
    faults = {part.name: [*without_names(sheet_of(part.shown), known)] for part in parts}
    assert not {name: said for name, said in faults.items() if said}


def test_the_walk_finds_a_code(request_):
    rows = pa.table({"borough": [ALERT["borough"]], "offence_kind": ["robbery_business"], "n": [1]})
    bare = Disclosed(rows, "T", "", (), request_.disclose(rows, title="T").stamp)
    found = list(without_names(sheet_of(bare), codes(request_)))
    assert len(found) == 2
    # named, the area no longer stands alone
    named = request_.disclose(rows, title="T")
    assert len(list(without_names(sheet_of(named), codes(request_)))) == 1


def test_the_account_of_a_figure_names_what_was_asked(request_):
    asked = {"fault": "unvalidated+unsupervised", "borough": ALERT["borough"], "unit": "SCD7"}
    said = naming.in_words(request_.catalogue, asked)
    assert not set("_+") & set(said["fault"]) and " and " in said["fault"]
    assert said["borough"] == request_.catalogue.areas[ALERT["borough"]].name
    assert said["unit"] == "SCD7"  # people say the code of a unit


def test_many_files_of_a_kind_are_counted():
    """Three are named each; of a fourth the days of the first and the last say enough."""
    files = [
        {"kind": "crimes", "file": f"crimes-{day}.csv", "vintage": f"2032-05-0{day}"}
        for day in range(1, 5)
    ]
    assert naming.files(files[:3]) == [
        f"crimes-{day}.csv as known on 2032-05-0{day}" for day in (1, 2, 3)
    ]
    assert naming.files(files) == ["crimes: 4 files as known on 2032-05-01 to 2032-05-04"]
