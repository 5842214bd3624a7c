"""A backup is what stood at one moment, while others write; a restore puts it back whole or not."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import ingest, snapshots
from dashboard.__main__ import app
from dashboard.access.witness import Witness, audit_of
from dashboard.backups import account as accounts
from dashboard.backups import putting, taking
from dashboard.backups.serving import serving
from dashboard.errors import ContentError, UsageError
from dashboard.snapshots.manifest import sha256
from dashboard.store import draft, keep_draft, open_store
from tests.choosing import chosen
from tests.screens import NAMES, screen

ROOT = Path(__file__).resolve().parents[2]
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"


def call(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def small(folder) -> Path:
    """A data folder with a file staged, a snapshot, a draft, an audit and a file of its own."""
    folder.load("crimes", HEAD + "R1,2004-07-01,murder,Camden,SCD1\n", "2004-07-02")
    folder.publish("2004-07-12")
    keep_draft(open_store(folder.data), "ann", "decision:new", {"n": 0})
    Witness(folder.data, "ann").record("command", "first")
    (folder.data / "drop").mkdir()
    return folder.data


def bytes_of(data: Path) -> dict[str, str]:
    """Every file of a data folder but the databases and locks, with its hash."""
    return {
        path.relative_to(data).as_posix(): sha256(path)
        for path in data.rglob("*")
        if path.is_file() and ".sqlite" not in path.name and not path.name.endswith(".lock")
    }


def test_a_data_folder_is_restored_as_it_was(small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    said = call("backup", str(out), "--data", str(small))
    (file,) = out.iterdir()
    assert file.name.endswith("Z.tar") and file.stat().st_mode & 0o777 == 0o600
    assert "1 snapshots" in said and "drop is no part of a data folder" in said
    other = tmp_path / "elsewhere" / "data"
    call("restore", str(file), "--data", str(other))
    assert bytes_of(other) == bytes_of(small)
    assert [item.id for item in snapshots.listing(other)] == [
        item.id for item in snapshots.listing(small)
    ]
    assert draft(open_store(other), "ann", "decision:new") == {"n": 0}
    assert "whole and unchanged" in call("audit", "verify", "--data", str(other))
    # Both audits say that it was taken, the new one that it was restored besides; `verify` is told.
    assert audit_of(other).head()[0] == audit_of(small).head()[0] + 2
    assert [path.name for path in other.parent.iterdir()] == ["data"]


@contextmanager
def at_work(*works: Callable[[int], object]) -> Iterator[list[int]]:
    """Each work done over and over in a thread, told its number; how often each was, so far."""
    done, ended = [0] * len(works), threading.Event()

    def work(place: int) -> None:
        for number in count(1):
            works[place](number)
            done[place] = number
            if ended.is_set():
                return

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    try:
        while not all(done):
            ended.wait(0.01)
        yield done
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_what_was_written_before_is_in_it_whoever_writes_meanwhile(small, tmp_path):
    store, witness = open_store(small), Witness(small, "bob")
    source = tmp_path / "again.csv"

    def write(number: int) -> None:
        keep_draft(store, "bob", f"decision:{number}", {"n": number})

    def load(number: int) -> None:
        rows = [f"R{row},2004-07-05,murder,Barnet,SCD1\n" for row in range(number)]
        source.write_text(HEAD + "".join(rows))
        ingest.import_files("crimes", [source], data=small, vintage=date(2004, 7, 6))

    with at_work(write, lambda number: witness.record("command", f"line {number}"), load) as done:
        for name in ("first", "second"):
            before = list(done)
            made = taking.take(small, tmp_path / f"{name}.tar")
            other = tmp_path / name
            putting.restore(made.file, other)
            held = [
                draft(open_store(other), "bob", f"decision:{number}")
                for number in range(1, before[0] + 1)
            ]
            assert held == [{"n": number} for number in range(1, before[0] + 1)]
            assert audit_of(other).faults({}) == []
            assert audit_of(other).head()[0] >= before[1] + 2
            again = [item for item in ingest.staged(other) if item.file == "again.csv"]
            assert len(again) >= before[2]  # a file for each, as each holds other rows
            assert [snapshots.verify(item) for item in snapshots.listing(other)] == [[]]


@pytest.mark.parametrize("page", chosen(NAMES, 2, "restored-pages"))
def test_an_address_opens_with_the_same_figures(page, sample_data, restored):
    address = [(str(item.as_at), item.id) for item in snapshots.listing(sample_data)][-1]

    def shown(data: Path) -> list[str]:
        test = screen(page, data, as_at=address[0], snapshot=address[1]).run()
        assert not test.exception and not test.error
        return [item.proto.body for item in test.get("html")]

    assert len("".join(shown(sample_data))) > 200
    assert shown(restored) == shown(sample_data)


@pytest.fixture(scope="module")
def restored(sample_data, tmp_path_factory) -> Path:
    """The sample, backed up and restored elsewhere."""
    place = tmp_path_factory.mktemp("restored")
    made = taking.take(sample_data, place / "sample.tar")
    putting.restore(made.file, place / "data")
    return place / "data"


def changed(file: Path, to: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A copy of a backup whose members were changed: name → content, the last one its account."""
    with tarfile.open(file) as tar:
        members = {item.name: tar.extractfile(item).read() for item in tar}  # type: ignore[union-attr]
    change(members)
    with tarfile.open(to, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return to


def _facts(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.endswith("crimes.parquet"))


def _edit_account(members: dict[str, bytes]) -> None:
    members[accounts.NAME] = members[accounts.NAME].replace(b'"audit": [\n  ', b'"audit": [\n  1')


def _add_last(members: dict[str, bytes]) -> None:
    told = members.pop(accounts.NAME)
    members |= {"data/../../escaped": b"x", accounts.NAME: told}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.update({_facts(members): b"PAR1"}), "is not what was backed up"),
        (lambda members: members.pop(_facts(members)), "is not what was backed up"),
        (lambda members: members.pop(accounts.NAME), "was cut"),
        (_edit_account, "was changed since it was made"),
        (_add_last, "holds what no backup holds"),
        (lambda members: members.update({"data/late": b"x"}), "holds what no backup holds"),
    ],
)
def test_a_backup_that_was_changed_is_refused_and_nothing_is_put(small, tmp_path, change, said):
    place = tmp_path / "place"
    place.mkdir()
    file = changed(taking.take(small, tmp_path / "b.tar").file, tmp_path / "changed.tar", change)
    with pytest.raises(ContentError, match=said):
        putting.restore(file, place / "data")
    assert list(place.iterdir()) == [] and not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_backup_that_was_cut_is_refused(small, tmp_path, share):
    whole = taking.take(small, tmp_path / "b.tar").file.read_bytes()
    cut = tmp_path / "cut.tar"
    # Behind the last member a tar file has only zeros.
    cut.write_bytes(whole.rstrip(b"\0")[: int(len(whole.rstrip(b"\0")) * share)])
    with pytest.raises(ContentError, match=r"was cut|is no backup"):
        putting.restore(cut, tmp_path / "place")
    assert not (tmp_path / "place").exists()


def test_what_stands_there_is_moved_aside_only_when_said_and_never_below_a_server(small, tmp_path):
    file = taking.take(small, tmp_path / "b.tar").file
    Witness(small, "ann").record("command", "later")
    with pytest.raises(UsageError, match="holds snapshots already"):
        putting.restore(file, small)
    with serving(small), pytest.raises(UsageError, match="a server serves this data folder"):
        putting.restore(file, small, replace=True)
    made = putting.restore(file, small, replace=True)
    assert made.before and (made.before / "state" / "audit.sqlite").is_file()
    assert sorted(bytes_of(small)) == sorted(
        name for name in bytes_of(made.before) if not name.startswith("drop")
    )


def test_of_a_folder_the_newest_are_kept_and_nothing_else_is_removed(small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for name in ("scd-dashboard-20010101T000000Z.tar", "scd-dashboard-20020101T000000Z.tar", "x"):
        (out / name).touch()
    said = call("backup", str(out), "--keep", "2", "--data", str(small))
    assert "removed scd-dashboard-20010101T000000Z.tar" in said
    assert len(list(out.iterdir())) == 3 and (out / "x").exists()
    with pytest.raises(UsageError, match="--keep is a number above 0"):
        call("backup", str(out / "one.tar"), "--keep", "2", "--data", str(small))


def test_where_nothing_is_there_is_nothing_to_back_up_and_no_folder_is_made(small, tmp_path):
    with pytest.raises(ContentError, match="nothing to back up"):
        call("backup", str(tmp_path / "b.tar"), "--data", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()
    with pytest.raises(UsageError, match="outside the data folder"):
        call("backup", str(small / "b.tar"), "--data", str(small))
    with pytest.raises(UsageError, match="there is no file"):
        call("restore", str(tmp_path / "none.tar"), "--data", str(tmp_path / "none"))


def test_a_catalogue_of_the_data_folder_is_in_it_another_is_named(small, tmp_path, monkeypatch):
    own = small / "catalogue"
    shutil.copytree(ROOT / "data" / "catalogue", own)
    putting.restore(taking.take(small, tmp_path / "b.tar").file, tmp_path / "one")
    assert (tmp_path / "one" / "catalogue" / "directorate.toml").is_file()
    elsewhere = own.rename(tmp_path / "own")
    monkeypatch.setenv("DASHBOARD_CATALOGUE", str(elsewhere))
    said = call("backup", str(tmp_path / "c.tar"), "--data", str(small))
    assert f"The catalogue in {elsewhere} is not in it" in said
