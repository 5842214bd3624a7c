"""Staging is whole or not there; damage is named; a full disk loses nothing."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import ingest
from dashboard.errors import ContentError
from dashboard.ingest import scratch

TEXT = "date,grain,borough,offence,offences\n2004-06-01,month,Camden,fraud,5\n"


@pytest.fixture
def loaded(folder):
    folder.load("counts", TEXT)
    return folder


def test_the_sidecar_says_where_it_came_from(loaded):
    item = ingest.staged(loaded.data)[0]
    assert item.path.name.startswith("2004-07-12-")
    assert item.path.stem.endswith(item.sha256[:12])
    assert (item.kind, item.adapter, item.file) == ("counts", "counts", "source-1.csv")
    assert (str(item.vintage), item.delta, item.sample) == ("2004-07-12", False, False)
    assert item.accounts["rows_accepted"] == 1
    assert json.dumps(item.summary())


def test_sources_beside_a_sample_marker_are_a_sample(folder):
    folder.write("", "SAMPLE")
    folder.load("counts", TEXT)
    assert ingest.staged(folder.data)[0].sample


def test_order_is_kind_vintage_then_import(folder):
    folder.load("counts", TEXT, vintage="2004-07-26")
    folder.load("counts", TEXT.replace(",5", ",6"), vintage="2004-07-12")
    folder.load("counts", TEXT.replace(",5", ",7"), vintage="2004-07-12")
    found = [(str(item.vintage), item.file) for item in ingest.staged(folder.data)]
    assert found == [
        ("2004-07-12", "source-2.csv"),
        ("2004-07-12", "source-3.csv"),
        ("2004-07-26", "source-1.csv"),
    ]


def test_parquet_without_its_sidecar_never_ended_and_is_passed_over(loaded):
    sidecar = next(loaded.data.glob("staging/counts/*.json"))
    sidecar.unlink()
    assert ingest.staged(loaded.data) == []
    assert loaded.load("counts", TEXT).rows_accepted == 1


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda json_, parquet: parquet.unlink(), "has lost its parquet file"),
        (lambda json_, parquet: parquet.write_bytes(b"PAR1"), "is not whole"),
        (lambda json_, parquet: json_.write_text("{"), "can't be read"),
        (lambda json_, parquet: json_.write_text("{}"), "can't be read"),
        (lambda json_, parquet: json_.write_text("[]"), "can't be read"),
    ],
)
def test_damage_is_named(loaded, damage, sentence):
    sidecar = next(loaded.data.glob("staging/counts/*.json"))
    damage(sidecar, sidecar.with_suffix(".parquet"))
    with pytest.raises(ContentError, match=sentence):
        ingest.staged(loaded.data)


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_full_disk_says_so_and_changes_nothing(loaded, monkeypatch, place):
    before = loaded.everything()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, place, full)
    with pytest.raises(ContentError, match="was not imported: No space left on device"):
        loaded.load("counts", TEXT.replace(",5", ",6"))
    monkeypatch.undo()
    assert loaded.everything() == before


def test_no_scratch_is_left(loaded):
    assert list((loaded.data / "state").iterdir()) == []


def test_the_same_file_read_another_way_replaces_what_it_said(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    file = folder.write(head + "A,2004-06-01,murder,Camden,SCD1\n")
    folder.load("crimes", file, delta=True)
    assert folder.load("crimes", file, delta=False).rows_accepted == 1
    assert [item.delta for item in ingest.staged(folder.data)] == [False]


def test_a_folder_of_work_under_way_is_never_taken_for_a_leftover(tmp_path):
    """Eight at once, each of which clears away what nobody holds as it begins."""

    def work(number):
        for turn in range(150):
            with scratch.folder(tmp_path / "state", "import") as place:
                (place / "rows").write_text(f"{number} {turn}")
                assert (place / "rows").read_text() == f"{number} {turn}"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert list((tmp_path / "state").iterdir()) == []
