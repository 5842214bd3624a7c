"""The house's direction of imports, held with ast over dashboard/ and pages/."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each part of the package may import of it; itself always.
BASE = {"errors", "periods"}
BELOW_INGEST = BASE | {"catalogue", "queries", "stats", "access"}
BELOW_SNAPSHOTS = BELOW_INGEST | {"ingest", "signals"}
BELOW_REPORTS = BELOW_SNAPSHOTS | {"snapshots", "decisions"}
BELOW_CHARTS = BELOW_REPORTS | {"reports"}
BELOW_UI = BELOW_CHARTS | {"charts", "export"}
ALLOWED = {
    "errors": set(),
    "periods": {"errors"},
    "catalogue": BASE,
    "queries": BASE | {"catalogue"},
    "stats": {"errors"},
    "signals": BASE | {"catalogue", "stats"},
    "access": BASE | {"catalogue"},
    "sample": BASE | {"catalogue"},
    "ingest": BELOW_INGEST,
    "snapshots": BELOW_SNAPSHOTS,
    "decisions": BELOW_SNAPSHOTS | {"snapshots"},
    "reports": BELOW_REPORTS,
    "charts": BELOW_CHARTS,
    "export": BELOW_CHARTS | {"charts"},
    "ui": BELOW_UI,
    "pages": BASE | {"catalogue", "reports", "charts", "export", "ui"},
    "app": BASE | {"catalogue", "access", "reports", "charts", "export", "ui"},
    "__main__": BELOW_UI | {"sample"},
}
# Who may import these packages.
ONLY = {
    "streamlit": {"ui", "pages", "app"},
    "altair": {"charts"},
    "duckdb": {"queries", "snapshots", "ingest"},
}


def part_of(path: Path) -> str:
    """The part of the house that a file belongs to: 'pages', 'ui', 'errors' …"""
    inside = path.relative_to(ROOT)
    return "pages" if inside.parts[0] == "pages" else inside.with_suffix("").parts[1]


def imported(source: str) -> set[str]:
    """Modules that a source imports, `dashboard.x` for a name taken from the package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                found.add("a relative module")
            elif node.module == "dashboard":
                found |= {f"dashboard.{name.name}" for name in node.names}
            else:
                found.add(node.module or "")
    return found


def breaches(part: str, source: str) -> list[str]:
    """A sentence for every import of `source` that its part of the house may not make."""
    if part not in ALLOWED:
        return [f"{part} has no place in the direction of imports"]
    found = []
    for module in sorted(imported(source)):
        head, _, rest = module.partition(".")
        inner = rest.split(".")[0]
        if head == "dashboard" and inner not in {part, "__version__", *ALLOWED[part]}:
            found.append(f"{part} imports {module}")
        if part not in ONLY.get(head, {part}):
            found.append(f"{part} imports {head}")
        if head == "a relative module":  # it would hide which part it means
            found.append(f"{part} imports {head}")
    return found


FILES = sorted([*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")])
PACKAGE = ROOT / "dashboard" / "__init__.py"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    if path == PACKAGE:
        assert imported(path.read_text("utf-8")) == set()
        return
    assert breaches(part_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("pages", "import duckdb"),
        ("pages", "from dashboard import snapshots"),
        ("pages", "import dashboard.queries as q"),
        ("stats", "from dashboard.periods import Period"),
        ("reports", "import streamlit as st"),
        ("ui", "from altair import Chart"),
        ("charts", "def late():\n    from dashboard.ui import page"),
        ("sample", "from dashboard import ingest"),
        ("__main__", "from dashboard.ui import page"),
        ("ingest", "from ..reports import series"),
        ("ingest", "import dashboard"),
        ("helpers", "import os"),
    ],
)
def test_a_planted_breach_is_found(part, source):
    assert breaches(part, source)


def test_what_is_allowed_is_no_breach():
    assert breaches("pages", "import streamlit\nfrom dashboard import reports, ui") == []
    assert breaches("ingest", "import duckdb\nfrom dashboard.ingest import cells") == []
