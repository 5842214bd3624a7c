"""What a row's columns are named, for the finder of dead code: it does not know that the keys of
a TypedDict are read by `row["name"]`.

    python -m tests.columns > FILE
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def columns(folder: Path = ROOT / "dashboard") -> Iterator[str]:
    """The keys of every TypedDict of a folder, those that build on another's included."""
    classes = [
        node
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    ]
    kinds, last = {"TypedDict"}, 0
    while len(kinds) > last:
        last = len(kinds)
        kinds |= {
            item.name
            for item in classes
            if {ast.unparse(base).split(".")[-1] for base in item.bases} & kinds
        }
    for item in classes:
        if item.name in kinds:
            for field in item.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    yield field.target.id


if __name__ == "__main__":
    for name in sorted(set(columns())):
        print(f"_.{name}")
