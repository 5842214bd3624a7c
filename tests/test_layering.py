"""The house's direction of imports: storeys and siblings by import-linter (its contracts stand in
pyproject.toml), and here which rooms may import which library, and what pages may import."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What a page may import of the package; the storeys below it by import-linter.
PAGES = {"errors", "periods", "catalogue", "words", "reports", "charts", "export", "ui"}
# Who may import these packages.
ONLY = {
    "streamlit": {"ui", "pages", "app"},
    "altair": {"charts"},
    "duckdb": {"queries", "snapshots", "ingest"},
    "sqlalchemy": {"store", "decisions", "access"},
    "alembic": {"store"},
}
# What a subject of the interface may take from reports beside its own folder.
SHARED = {"measure", "spending", "alerts", "decisions", "request", "meetings", "signing"}
# The kit keeps what is to go into a pack; the shell warms what a first page waits for; packs are
# made of all subjects.
FREE = {"kit", "shell", "packs"}


def rooms_of(path: Path) -> tuple[str, ...]:
    """The rooms that a file stands in, outermost first: ('pages',), ('ui', 'overtime') …"""
    inside = path.relative_to(ROOT)
    return (
        ("pages",)
        if inside.parts[0] == "pages"
        else inside.with_suffix("").parts[1:-1] or (inside.stem,)
    )


def imported(source: str) -> set[str]:
    """Modules that a source imports, `dashboard.x` for a name taken from the package."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                modules.add("a relative module")
            else:
                modules |= {f"{node.module}.{name.name}" for name in node.names}
    return modules


def breaches(rooms: tuple[str, ...], source: str) -> list[str]:
    """A sentence for every import of `source` that its rooms may not make."""
    said = []
    for module in sorted(imported(source)):
        head, *inner = module.split(".")
        if head == "a relative module":  # it would hide which part it means
            said.append(f"{rooms} imports {module}")
        if rooms[0] not in ONLY.get(head, {rooms[0]}):
            said.append(f"{rooms} imports {head}")
        if rooms[0] == "pages" and head == "dashboard" and (inner or [""])[0] not in PAGES:
            said.append(f"a page imports {module}")
        if rooms[0] == "ui" and len(rooms) > 1 and rooms[1] not in FREE:
            room = inner[1] if len(inner) > 1 and inner[0] == "reports" else None
            folder = (ROOT / "dashboard" / "reports" / room).is_dir() if room else False
            if folder and room not in SHARED | {rooms[1]}:
                said.append(f"{rooms} imports {module}")
    return said


FILES = sorted([*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")])


def test_libraries_and_pages_keep_their_rooms():
    said = [line for path in FILES for line in breaches(rooms_of(path), path.read_text("utf-8"))]
    assert said == []


@pytest.mark.parametrize(
    ("rooms", "source"),
    [
        (("pages",), "import duckdb"),
        (("pages",), "from dashboard import snapshots"),
        (("pages",), "import dashboard.queries as q"),
        (("reports", "unit"), "import streamlit as st"),
        (("ui", "unit"), "from altair import Chart"),
        (("ui", "unit"), "from dashboard.reports.overtime import board"),
        (("reports", "unit"), "from sqlalchemy import select"),
        (("ingest",), "from ..reports import series"),
    ],
)
def test_a_planted_breach_is_found(rooms, source):
    assert breaches(rooms, source)


def test_what_is_allowed_is_no_breach():
    assert breaches(("pages",), "import streamlit\nfrom dashboard.reports import Request") == []
    assert breaches(("ui", "unit"), "from dashboard.reports.unit import ocu") == []
    assert breaches(("ui", "unit"), "from dashboard.reports.measure import tracks") == []


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in a folder."""
    start = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", start, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_storeys_and_siblings():
    said = linted(ROOT)
    assert said.returncode == 0, said.stdout


def test_a_planted_sibling_is_refused(tmp_path):
    """One import of a sibling subject in a copy of the package breaks the contract and is named."""
    shutil.copytree(ROOT / "dashboard", tmp_path / "dashboard")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "dashboard" / "reports" / "unit" / "branches.py"
    planted.write_text(
        planted.read_text("utf-8") + "\nfrom dashboard.reports.overtime import board\n", "utf-8"
    )
    said = linted(tmp_path)
    assert said.returncode == 1
    assert (
        "dashboard.reports.unit is not allowed to import dashboard.reports.overtime" in said.stdout
    )


def reaches(source: str) -> list[str]:
    """Private names of the program that a test takes, reads or puts another in place of."""
    tree = ast.parse(source)
    taken = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dashboard")
        for alias in node.names
    }
    said = [name for name in taken.values() if is_private(name)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in taken and is_private(node.attr):
                said.append(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr":
            of, name = node.args[0], node.args[1] if node.args[1:] else None
            ours = isinstance(of, ast.Name) and of.id in taken
            if ours and isinstance(name, ast.Constant) and is_private(str(name.value)):
                said.append(f"setattr {name.value}")
    return said


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize(
    "source",
    [
        "from dashboard.ui.shell.frame import _listed\n",
        "from dashboard.ui.shell import frame\nframe._listed()\n",
        "from dashboard.ui.shell import frame\nmonkeypatch.setattr(frame, '_listed', None)\n",
    ],
)
def test_a_planted_reach_is_found(source):
    assert len(reaches(source)) == 1


def test_tests_reach_into_nothing_private():
    files = (ROOT / "tests").rglob("*.py")
    reached = {str(file): said for file in files if (said := reaches(file.read_text("utf-8")))}
    assert reached == {}
