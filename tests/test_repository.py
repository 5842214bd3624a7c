"""What the files around the program say of it: requirements, README, commands, pages."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from typer.main import get_command

from dashboard import __version__
from dashboard.__main__ import app
from tests.test_layering import imported

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
HANDBOOK = ROOT / ".docs" / "handbook"
DIRECT = [Requirement(line) for line in PROJECT["dependencies"]]
DEVELOPING = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
# run by make or by pytest, imported by nobody
TOOLS = {"ruff", "mypy", "uv", "import-linter", "sqlfluff", "vulture"}
OURS = {"dashboard", "tests", "__future__"}


def lock_lines() -> list[str]:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def disagreements(wanted: list[Requirement], pins: list[str]) -> list[str]:
    """A sentence for each requirement that no pin, or a pin outside its range, serves."""
    pinned: dict[str, list[Version]] = {}
    for line in pins:
        pin = Requirement(line)
        (only,) = pin.specifier
        pinned.setdefault(canonicalize_name(pin.name), []).append(Version(only.version))
    found = []
    for item in wanted:
        versions = pinned.get(canonicalize_name(item.name), [])
        if not versions:
            found.append(f"{item.name} is not in requirements.txt: run make lock")
        found += [f"{item} is locked at {v}" for v in versions if v not in item.specifier]
    return found


def test_the_lock_serves_what_pyproject_asks_for():
    assert disagreements(DIRECT + DEVELOPING, lock_lines()) == []


def test_a_lock_that_lags_behind_is_found():
    wanted = [Requirement("duckdb==2.0.*"), Requirement("polars>=2.1,<3")]
    assert disagreements(wanted, ["duckdb==1.5.5"]) == [
        "duckdb==2.0.* is locked at 1.5.5",
        "polars is not in requirements.txt: run make lock",
    ]


def test_the_lock_pins_each_package_and_names_no_host():
    pin = re.compile(r"[a-z0-9._-]+==[\w.+!]+( ; [^:]+)?")
    assert [line for line in lock_lines() if not pin.fullmatch(line)] == []


# Packages whose module goes by another name.
PACKAGES = {
    "PIL": "pillow",
    "axe_playwright_python": "axe-playwright-python",
    "docx": "python-docx",
    "oidc_provider_mock": "oidc-provider-mock",
    "pptx": "python-pptx",
    "time_machine": "time-machine",
    "vl_convert": "vl-convert-python",
    "xdist": "pytest-xdist",
    "xlsxwriter": "XlsxWriter",
}


def third_party(*patterns: str) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        for path in ROOT.glob(pattern):
            found |= {name.split(".")[0] for name in imported(path.read_text("utf-8"))}
    return {PACKAGES.get(name, name) for name in found - OURS - set(sys.stdlib_module_names)}


def test_what_the_program_imports_is_what_pyproject_names():
    # fastexcel is polars' own reader of XLSX, psycopg SQLAlchemy's driver of PostgreSQL, authlib
    # and httpx what Streamlit signs in with: they count as used where those are.
    driven = {"fastexcel", "psycopg", "authlib", "httpx"}
    used = third_party("dashboard/**/*.py", "pages/*.py") | driven
    assert used == {item.name for item in DIRECT}


def test_what_the_tests_import_is_what_pyproject_names():
    named = {item.name for item in DIRECT + DEVELOPING} | {"packaging"}  # pytest brings it
    used = third_party("tests/**/*.py")
    assert used - named == set()
    assert {item.name for item in DEVELOPING} - used == TOOLS


def commands() -> dict[str, object]:
    """Every command of the command line, groups included, by name."""
    return dict(get_command(app).commands)  # type: ignore[attr-defined]


def test_the_handbook_lists_the_commands_that_there_are():
    text = (HANDBOOK / "commands.md").read_text("utf-8")
    listed = re.findall(r"^\| `([a-z]+)", text, flags=re.MULTILINE)
    assert sorted(listed) == sorted(commands())


def test_the_version_is_the_same_everywhere_and_the_changelog_begins_with_it():
    newest = re.search(r"^## (\S+)", (HANDBOOK / "changelog.md").read_text("utf-8"), re.MULTILINE)
    assert newest and newest[1] == PROJECT["version"] == __version__


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_has_a_sentence_of_help(name):
    command = commands()[name]
    inner = getattr(command, "commands", {}).values()
    assert all(item.help for item in (command, *inner))


def test_readme_and_handbook_name_make_targets_that_there_are():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    rules = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    pages = {path.stem: path.read_text("utf-8") for path in HANDBOOK.glob("*.md")}
    for text in (README, *pages.values()):
        assert set(re.findall(r"(?:`|\$ )make ([a-z]+)", text)) <= rules
    assert {"run", "test"} <= set(re.findall(r"\$ make ([a-z]+)", README))
    listed = set(re.findall(r"^\| `([a-z]+)` \|", pages["contributing"], flags=re.MULTILINE))
    assert listed == rules - {"browser", "help"}


def test_the_readme_names_files_that_there_are():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    texts = "\n".join([README, *(path.read_text("utf-8") for path in HANDBOOK.glob("*.md"))])
    paths = re.findall(r"`((?:dashboard|data|pages|queries|tests)/[\w./]*)`", texts)
    written = ("data/staging", "data/snapshots", "data/rejects", "data/state", "data/sample")
    missing = [
        item
        for item in [*pictures, *paths]
        if not item.startswith(written) and not (ROOT / item).exists()
    ]
    assert pictures and paths and missing == []


def test_every_page_is_in_the_navigation():
    tree = ast.parse((ROOT / "dashboard" / "app.py").read_text("utf-8"))
    said = {
        node.value.removeprefix("../pages/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and str(node.value).startswith("../pages/")
    }
    assert said == {path.name for path in ROOT.glob("pages/*.py")}


def test_no_module_is_named_for_nothing():
    empty = {"utils", "util", "helpers", "common", "manager", "misc"}
    paths = [*ROOT.glob("dashboard/**/*"), *ROOT.glob("pages/*"), *ROOT.glob("tests/**/*")]
    assert [path for path in paths if path.stem in empty] == []


def test_the_picture_of_the_house_is_that_of_the_code():
    command = [sys.executable, str(ROOT / ".docs" / "house.py"), "--check"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, f"run python .docs/house.py\n{said.stderr}"
