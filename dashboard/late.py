"""Packages that give names of their modules, each imported when it is first asked for.

What a package gives stands in its `if TYPE_CHECKING:`, once: as imports that the type checker and
the layering read, and that are done here when somebody wants one. So a command waits for no
library that it does not use (scipy, polars, DuckDB take seconds).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any


def names(package: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562); a name it does not give is an AttributeError.

    No name may be that of a module of the package too: whichever is imported first would win.
    """
    module = sys.modules[package]
    given = {name: (source, own) for name, source, own in _given(Path(str(module.__file__)))}

    def get(name: str) -> Any:
        if name not in given:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        source, own = given[name]
        value = getattr(import_module(source), own)
        setattr(module, name, value)
        return value

    return get


def _given(file: Path) -> Iterator[tuple[str, str, str]]:
    """Name, module and name there of what the imports below `if TYPE_CHECKING:` bring."""
    for block in ast.parse(file.read_text("utf-8")).body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for node in block.body:
                if isinstance(node, ast.ImportFrom) and node.module:
                    for alias in node.names:
                        yield alias.asname or alias.name, node.module, alias.name
