"""What commands tell the audit, each from what it declares; and what is refused untold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from dashboard import sample
from dashboard.__main__ import app
from dashboard.access import witness as witnesses
from dashboard.access.audit import Kind
from dashboard.access.audit_reading import lines
from dashboard.access.witness import audit_of
from dashboard.cli.commands import Told
from tests.access.test_audit import full_disk, read_only
from tests.choosing import chosen

# A value for every parameter that a command can't do without, by its name.
GIVEN = {
    "as_at": "2004-07-12",
    "older": "2004-06-28",
    "newer": "2004-07-12",
    "number": "1",
    "reason": "checked with the unit",
    "before": "1999-01-01",
}
NAMES = {"report": "tasking", "query": "measure_coverage"}


def commands() -> dict[str, object]:
    """Every command with its group, by the words that call it."""
    found = {}
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        for word, item in (inner or {"": command}).items():
            found[f"{name} {word}".strip()] = item
    return found


def told_of(command) -> Told:
    """What a command declares; a new one without is refused as it is registered."""
    return command.callback.told


TELLING = [name for name, item in commands().items() if told_of(item) is not Told.nothing]
LEAVING = [name for name, item in commands().items() if told_of(item) is Told.export]


@pytest.fixture
def data(sample_data, tmp_path, monkeypatch) -> Path:
    """The sample's folder with a state of its own, and an audit that has begun."""
    folder = tmp_path / "data"
    folder.mkdir()
    for part in ("snapshots", "staging"):
        (folder / part).symlink_to(sample_data / part)
    shutil.copytree(
        sample_data / "state", folder / "state", ignore=shutil.ignore_patterns("audit*")
    )
    monkeypatch.setattr(witnesses.getpass, "getuser", lambda: "wpc9")
    audit_of(folder)
    yield folder
    audit_of.cache_clear()


# Files of what people wrote that no command writes again: the sample's are read.
OF_SAMPLE = dict(zip(("decisions", "signoffs", "targets"), sample.WRITTEN, strict=True))


def dropping(data: Path) -> Path:
    """A drop folder of one report, and the data folder without the sample's snapshots, which are
    shared and to which a cycle would add."""
    for part in ("snapshots", "staging"):
        (data / part).unlink()
    crimes = data.parent / "drop" / "crimes"
    crimes.mkdir(parents=True)
    report = "crime_ref,reported_on,offence,borough,ocu\nR1,2004-07-01,murder,Camden,SCD1\n"
    (crimes / "one-2004-07-02.csv").write_text(report, encoding="utf-8")
    return data.parent / "drop"


def call(name: str, data: Path) -> tuple[int, str]:
    """Exit code and words of a command with values for what it needs."""
    words = name.split()
    for item in commands()[name].params:
        value = NAMES.get(name, "tasking") if item.name == "name" else GIVEN.get(item.name)
        if name == "cycle" and item.name in ("drop", "to"):
            value = str(dropping(data) if item.name == "drop" else data.parent)
        elif item.name in ("file", "to"):
            value = str(data.parent / f"{name.replace(' ', '-')}.csv")
        if item.name == "decision":
            value = CliRunner().invoke(app, ["decisions", "list", "--data", str(data), "--json"])
            value = value.output.split('"id": "')[1].split('"')[0]
        if item.required or item.name in ("file", "before"):
            assert value, f"no value for {item.name} of {name}"
            words += [value] if item.param_type_name == "argument" else [item.opts[0], value]
    done = CliRunner().invoke(app, [*words, "--data", str(data)])
    return getattr(done.exception, "exit_code", done.exit_code), done.output


@pytest.mark.parametrize("name", chosen(TELLING, 1, "told"))
def test_a_command_tells_who_called_it_and_what_left(data, name, sample_data):
    group = name.split()[0]
    if group in OF_SAMPLE and name.endswith("import"):  # what it reads is what the sample wrote
        source = sample_data / "sample" / OF_SAMPLE[group]
        shutil.copy(source, data.parent / f"{group}-import.csv")
    elif name.endswith(("restore", "import")):  # what they read is what their siblings wrote
        call(name.replace("restore", "dump").replace("import", "export"), data)
        shutil.move(*(data.parent / f"{name.split()[0]}-{word}.csv" for word in (
            ("dump", "restore") if name.endswith("restore") else ("export", "import")
        )))  # fmt: skip
    before = lines(audit_of(data), limit=1)
    call(name, data)
    newest = [
        line for line in lines(audit_of(data)) if line.line > (before[0].line if before else 0)
    ]
    kind = told_of(commands()[name]).value
    told = [line for line in newest if line.kind == kind]
    assert told, newest
    assert {line.who for line in newest if line.kind != Kind.erasure} == {"local wpc9"}
    if kind in (Told.command, Told.audit):
        assert any(line.what.startswith(name) for line in told)


@pytest.mark.parametrize("fault", [full_disk, read_only])
@pytest.mark.parametrize("name", chosen(LEAVING, 1, "leaving"))
def test_nothing_leaves_where_it_can_not_be_told(data, name, fault):
    stop(data, fault)
    code, _ = call(name, data)
    assert code == 4
    assert not [*data.parent.glob("*.csv*"), *data.parent.glob("digest*")]


def stop(data: Path, fault) -> None:
    """From now on the audit takes no line."""
    audit = audit_of(data)
    fault(audit)
    while audit.record(Kind.decision, "ann", "x") is not None:
        pass


def run(*words: str, data: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--data", str(data)])
    return getattr(done.exception, "exit_code", done.exit_code), done.output or str(done.exception)


def test_records_are_refused_untold_and_totals_go_on(data):
    stop(data, full_disk)
    span = ("since=2004-04-01", "until=2004-07-12")
    asked = ("measure=commercial_robbery", "unit=SCD7", *span)
    code, said = run("query", "records", *asked, "limit=5", "offset=0", data=data)
    assert code == 4 and "C0" not in said
    code, said = run("query", "measure_series", *asked, "level=ocu", "grain=month", data=data)
    assert code == 0 and "SCD7" in said
    assert run("alerts", "--as-at", "latest", "--json", data=data)[0] == 0
    assert run("alerts", "--as-at", "latest", "--digest", "text", data=data)[0] == 4


def test_records_in_what_is_printed_are_told_by_unit(data):
    span = ("since=2004-04-01", "until=2004-07-12", "limit=5", "offset=0")
    run("query", "records", "measure=commercial_robbery", "unit=SCD7", *span, data=data)
    seen = [line for line in lines(audit_of(data)) if line.kind == Kind.record_view]
    assert [(line.unit, line.rows) for line in seen] == [("SCD7", 5)]


def test_what_is_refused_is_told(data):
    assert run("query", "equality_victims", data=data)[0] == 4
    newest = lines(audit_of(data), limit=1)[0]
    assert newest.kind == Kind.refusal and "equality_victims" in newest.what


def test_whose_reference_is_erased_is_in_no_line(data):
    run("audit", "erase", "--person", "p4711", data=data)
    assert not [line for line in lines(audit_of(data)) if "p4711" in f"{line.what}{line.who}"]


def test_no_folder_and_no_audit_is_made_by_asking(tmp_path):
    """A mistyped folder stays one; an audit that is gone is missed, not begun anew."""
    assert run("alerts", "--as-at", "latest", data=tmp_path / "none")[0] == 3
    assert not (tmp_path / "none").exists()
    assert run("audit", "verify", data=tmp_path)[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_files_are_written_in_one_place():
    """A command that writes what leaves does so by handing.py, which tells the audit before."""
    folder = Path(witnesses.__file__).parents[1] / "cli"
    leaving = {commands()[name].callback.__module__.rpartition(".")[2] for name in LEAVING}
    for module in leaving - {"store"}:  # its dump is written by the store, told before
        said = (folder / f"{module}.py").read_text("utf-8")
        assert "write_bytes" not in said and "write_text" not in said and "open(" not in said
