"""What a command waits for as it starts: its own imports, counted by their names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from dashboard.__main__ import app
from dashboard.cli.index import FOLDER, entries

ROOT = Path(__file__).resolve().parents[2]
SLOW = {
    "streamlit", "altair", "polars", "scipy", "duckdb", "pyarrow", "numpy", "sqlalchemy", "alembic",
    "pandas",
}  # fmt: skip
# A command → which of the slow libraries it does without.
WITHOUT = {
    "--help": SLOW,
    "--version": SLOW,
    "kinds": SLOW,
    "imports list": SLOW,
    "snapshots list": SLOW,
    "run --help": SLOW,
    "init --help": SLOW,
    "backup --help": SLOW,
    "import --help": {"streamlit", "altair", "polars", "scipy", "sqlalchemy"},
    "check --help": {"streamlit", "altair", "polars", "scipy", "sqlalchemy"},
    "query --help": {"streamlit", "altair", "polars", "scipy", "sqlalchemy"},
    "publish --help": {"streamlit", "altair", "sqlalchemy"},
    "alerts --help": {"streamlit", "altair"},
}
SAYS = """
import runpy, sys
try:
    runpy.run_module("dashboard", run_name="__main__", alter_sys=True)
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, sep="\\n", file=sys.stderr)
"""


@pytest.mark.few(4)
@pytest.mark.parametrize("words", WITHOUT)
def test_a_command_imports_only_what_it_needs(words, tmp_path):
    own = () if words.startswith("-") or "--help" in words else ("--data", str(tmp_path))
    call = [sys.executable, "-c", SAYS, *words.split(), *own]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert {"typer", "dashboard"} <= loaded
    assert loaded & WITHOUT[words] == set()


def test_the_index_says_of_each_command_what_the_command_says():
    """What is read from the source is what Typer makes of it, in the list and when it is called."""
    index = get_command(app).commands
    shown = CliRunner().invoke(app, ["--help"]).output
    said = " ".join(shown.replace("│", " ").split())  # as one line
    for name, entry in index.entries.items():
        command = index[name]
        assert (command.name, command.help) == (name, entry.help)
        assert f" {name} {entry.help.splitlines()[0]}" in said


def test_every_module_with_commands_is_in_the_index():
    with_commands = {
        path.stem for path in FOLDER.glob("*.py") if "\napp = Commands(" in path.read_text("utf-8")
    }
    assert with_commands == {entry.module for entry in get_command(app).commands.entries.values()}


def test_a_command_that_is_not_there_is_named_with_its_neighbour():
    done = CliRunner().invoke(app, ["publihs"])
    assert done.exit_code == 2
    assert "No such command 'publihs'" in done.output and "'publish'" in done.output


def test_a_group_without_a_name_lists_its_functions():
    assert [item.name for item in entries("load")] == ["import"]
    assert [item.name for item in entries("snapshots")] == ["snapshots"]
