"""The house's direction of imports, held with ast over dashboard/ and pages/."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each part of the package may import of it; itself always.
BASE = {"errors", "periods"}
BELOW_INGEST = BASE | {"catalogue", "queries", "stats", "access"}
BELOW_REPORTS = BELOW_INGEST | {"ingest", "snapshots", "decisions"}
ALLOWED = {
    "errors": set(),
    "periods": {"errors"},
    "catalogue": BASE,
    "queries": BASE | {"catalogue"},
    "stats": {"errors"},
    "access": BASE | {"catalogue"},
    "sample": BASE | {"catalogue"},
    "ingest": BELOW_INGEST,
    "snapshots": BELOW_INGEST | {"ingest"},
    "reports": BELOW_REPORTS,
    "charts": BELOW_REPORTS | {"reports"},
    "export": BELOW_REPORTS | {"reports"},
    "ui": BELOW_REPORTS | {"reports", "charts", "export"},
    "pages": BASE | {"catalogue", "reports", "charts", "export", "ui"},
    "app": BASE | {"catalogue", "access", "reports", "charts", "export", "ui"},
    "__main__": BELOW_REPORTS | {"reports", "charts", "export", "sample"},
}
ONLY = {
    "streamlit": {"ui", "pages", "app"},
    "altair": {"charts"},
    "duckdb": {"queries", "snapshots", "ingest"},
}


def part_of(path: Path) -> str:
    inside = path.relative_to(ROOT)
    return "pages" if inside.parts[0] == "pages" else inside.with_suffix("").parts[1]


def imported(source: str) -> set[str]:
    """Modules that a source imports, `dashboard.x` for a name taken from the package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "dashboard":
                found |= {f"dashboard.{name.name}" for name in node.names}
            else:
                found.add(node.module)
    return found


def breaches(part: str, source: str) -> list[str]:
    found = []
    for module in sorted(imported(source)):
        head, _, rest = module.partition(".")
        inner = rest.split(".")[0]
        if head == "dashboard" and inner and inner not in {part, "__version__", *ALLOWED[part]}:
            found.append(f"{part} imports dashboard.{inner}")
        if head in ONLY and part not in ONLY[head]:
            found.append(f"{part} imports {head}")
    return found


FILES = sorted([*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    if path == ROOT / "dashboard" / "__init__.py":
        assert imported(path.read_text("utf-8")) == set()
        return
    assert breaches(part_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("pages", "import duckdb"),
        ("pages", "from dashboard import snapshots"),
        ("stats", "from dashboard.periods import Period"),
        ("reports", "import streamlit as st"),
        ("charts", "from dashboard.ui import page"),
    ],
)
def test_a_planted_breach_is_found(part, source):
    assert breaches(part, source)
