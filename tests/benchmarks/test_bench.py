"""`make bench` begins: what it imports is there, also in the processes that it starts."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.benchmarks import bench, selections

MODULES = sorted(path.stem for path in Path(bench.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", [name for name in MODULES if name != "analyst_page"])
def test_each_module_of_it_can_be_imported(name):
    import_module(f"tests.benchmarks.{name}")


def test_what_a_new_process_imports_is_there():
    found = [node for node in ast.walk(ast.parse(bench.WARM)) if isinstance(node, ast.ImportFrom)]
    assert len(found) >= 3
    for node in found:
        module = import_module(str(node.module))
        for item in node.names:
            if not hasattr(module, item.name):
                import_module(f"{node.module}.{item.name}")


def test_every_page_with_figures_has_selections_and_no_kind_too_few():
    kinds = list(selections.kinds())
    pages = {path.stem for path in (bench.ROOT / "pages").glob("*.py")} - {"audit"}
    assert {page for _, page, _ in kinds} == pages
    assert all(len(addresses) == selections.VALUES for _, _, addresses in kinds)
