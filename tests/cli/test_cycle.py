"""The unattended cycle: killed at any moment and run again it ends as an undisturbed one does."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import ingest, snapshots
from dashboard.__main__ import app
from dashboard.errors import ContentError
from dashboard.ingest import scratch
from tests.choosing import chosen

ROOT = Path(__file__).resolve().parents[2]
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
MOMENTS = range(10)


def drop_files(folder: Path) -> Path:
    """A drop folder: two whole extracts of two days, the second a delta, of one and two rows."""
    crimes = folder / "drop" / "crimes"
    crimes.mkdir(parents=True)
    (folder / "out").mkdir()
    (crimes / "a-2004-07-02.csv").write_text(HEAD + "R1,2004-07-01,murder,Camden,SCD1\n")
    rows = "R2,2004-07-05,murder,Camden,SCD1\nR1,2004-07-01,murder,Barnet,SCD1\n"
    (crimes / "b-2004-07-06-delta.csv").write_text(HEAD + rows)
    return folder / "drop"


def words(folder: Path, *more: str) -> list[str]:
    own = ("--out", str(folder / "out"), "--data", str(folder / "data"))
    return ["cycle", str(folder / "drop"), *own, *more]


def call(folder: Path, *more: str) -> tuple[int, str]:
    """Exit code and all that was said."""
    done = CliRunner().invoke(app, words(folder, *more))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def state(folder: Path) -> dict[str, object]:
    """What stands after a cycle: snapshots, what is staged, what was handed out."""
    return {
        "snapshots": [(str(item.as_at), item.id) for item in snapshots.listing(folder / "data")],
        "staged": [
            (item.kind, item.file, item.vintage, item.delta, item.accounts["rows_accepted"])
            for item in sorted(ingest.staged(folder / "data"), key=lambda item: item.sequence)
        ],
        "out": sorted(path.name for path in (folder / "out").iterdir()),
        "left": sorted(path.name for path in (folder / "data" / "state").glob("*-*/")),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Path, float]:
    """The folder of a cycle that nothing disturbed, and the seconds that it took as a process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    drop_files(folder)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *words(folder)], cwd=ROOT, check=False,
        env=os.environ | {"DASHBOARD_WARM": "yes"},
    )  # fmt: skip
    assert done.returncode == 0
    return folder, time.monotonic() - start


def test_a_cycle_imports_publishes_and_writes_the_digest(undisturbed):
    found = state(undisturbed[0])
    assert [(as_at, len(id_)) for as_at, id_ in found["snapshots"]] == [("2004-07-07", 12)]
    assert [(item[1], item[3]) for item in found["staged"]] == [
        ("a-2004-07-02.csv", False), ("b-2004-07-06-delta.csv", True),
    ]  # fmt: skip
    assert found["out"] == ["digest-2004-07-07.html", "digest-2004-07-07.txt"]
    assert found["left"] == []
    # What pages read beside the marts is there before the first reader comes.
    reckoned = (undisturbed[0] / "data" / "state").glob("completed/*/reckoned-*/*.arrow")
    assert "backtest.past_scores.days" in {path.name.partition("-")[0] for path in reckoned}


@pytest.mark.parametrize("moment", chosen(MOMENTS, 1, "killed"))
def test_killed_at_any_moment_and_run_again_it_gives_the_same(undisturbed, tmp_path, moment):
    calm, seconds = undisturbed
    drop_files(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", *words(tmp_path)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    # Spread over the whole run, each at a place of its own within its part.
    share = (moment + random.Random(moment).random()) / len(MOMENTS)
    time.sleep(seconds * share)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert call(tmp_path)[0] == 0
    assert state(tmp_path) == state(calm)


def test_a_second_run_does_nothing_again(undisturbed, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(undisturbed[0], folder)
    call(folder)  # the folder for what it writes is another one now
    before = state(folder), [path.stat().st_mtime_ns for path in (folder / "out").iterdir()]
    code, said = call(folder, "--log-format", "json")
    after = state(folder), [path.stat().st_mtime_ns for path in (folder / "out").iterdir()]
    assert (code, after) == (0, before)
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["step"] for line in lines] == ["import", "publish", "packs"]
    assert all(line["at"].endswith("+00:00") and line["seconds"] >= 0 for line in lines)
    assert call(folder, "--quiet") == (0, "")


def test_what_was_withdrawn_is_not_imported_again(undisturbed, tmp_path):
    folder = tmp_path / "withdrawn"
    shutil.copytree(undisturbed[0], folder)
    last = max(ingest.staged(folder / "data"), key=lambda item: item.sequence)
    ingest.withdraw(last, folder / "data")
    code, said = call(folder)
    assert code == 0 and "nothing new in the drop folder" in said
    assert [item.file for item in ingest.staged(folder / "data")] == ["a-2004-07-02.csv"]


def test_two_at_once_are_refused(tmp_path):
    drop_files(tmp_path)
    with (
        scratch.alone(tmp_path / "data" / "state", "cycle") as free,
        pytest.raises(ContentError, match="another cycle is at work"),
    ):
        assert free
        call(tmp_path)
    assert ingest.staged(tmp_path / "data") == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("crimes/notes.docx", "x", "crimes/notes.docx is refused: a file ends in one of .csv"),
        ("crime/a-2004-07-02.csv", HEAD, "it lies in no folder named for a source kind"),
        ("a-2004-07-02.csv", HEAD, "it lies in no folder named for a source kind"),
        ("crimes/a-2004-13-02.csv", HEAD, "the day in the name of crimes/a-2004-13-02.csv"),
        ("crimes/a-2004-07-02.csv", f"{HEAD}R1,never,murder,Camden,SCD1\n", "nothing was accepted"),
        ("crimes/a.csv", HEAD, "vintage"),
    ],
)  # fmt: skip
def test_what_can_not_be_imported_is_a_sentence_and_code_1(tmp_path, name, content, said):
    (tmp_path / "out").mkdir()
    file = tmp_path / "drop" / name
    file.parent.mkdir(parents=True)
    file.write_text(content)
    code, output = call(tmp_path, "--quiet")
    assert code == 1
    assert said in output and "nothing is published" in output


def test_what_is_on_its_way_waits(tmp_path):
    drop = drop_files(tmp_path)
    for path in list((drop / "crimes").iterdir()):
        path.rename(path.with_name(f".{path.name}"))
    code, said = call(tmp_path)
    assert code == 1 and "nothing new in the drop folder" in said


def test_a_pack_with_a_part_missing_is_said_and_code_1(undisturbed, tmp_path, monkeypatch):
    folder = tmp_path / "packs"
    shutil.copytree(undisturbed[0], folder)
    from dashboard.export.packs import files

    def lame(*_given) -> files.File:
        return files.File("tasking.csv", b"x", ("the part alerts could not be made",), ())

    monkeypatch.setattr(files, "produce", lame)
    for _ in range(2):  # it is tried again until it is whole
        code, said = call(folder, "--pack", "tasking", "--format", "csv")
        assert code == 1 and "tasking: the part alerts could not be made" in said
    assert (folder / "out" / "tasking.csv").read_bytes() == b"x"
