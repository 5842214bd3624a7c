"""Reads of a column by its name, `row["name"]`, of what is declared nowhere: a misspelt one is
found by whoever looks at the page.

    python -m tests.untyped   lists them

mypy holds every reader of a TypedDict to its columns; of a mapping that may hold anything it says
nothing. So a read of a name is untyped where what it is read of is, by its annotation or by how it
was made, a mapping to Any.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What may hold anything, and lists of it, as an annotation has it.
ANYTHING = {
    f"{kind}[{key}, Any]"
    for kind in ("dict", "Mapping", "MutableMapping")
    for key in ("str", "Any")
} | {"Any", "RowMapping", "Row"}
LISTS = ("list", "Iterable", "Iterator", "Sequence", "Collection", "tuple")
# Calls that give such a mapping, or a list of them.
GIVES = ("to_pylist", "mappings", "loads", "to_dicts")
# Where such reads are right, at most how many, and why: what is read is no row of ours.
OUTSIDE = {
    "access/sign_in.py": (1, "the server's own secrets file"),
    "catalogue/directorate.py": (6, "a TOML file while each of its keys is checked"),
    "catalogue/format_files.py": (2, "a TOML file while each of its keys is checked"),
    "catalogue/reading.py": (5, "a TOML file while each of its keys is checked"),
    "charts/axes.py": (1, "a Vega-Lite spec"),
    "charts/built.py": (2, "channels of a Vega-Lite spec"),
    "decisions/proposals.py": (1, "what somebody typed, while it is checked"),
    "reports/accountability/targets.py": (3, "what somebody typed, while it is checked"),
    "ingest/contract/start.py": (2, "runs before anything of the program can be imported"),
    "sample/exceptions.py": (10, "rows of a synthetic source while they are made"),
    "sample/proposed.py": (1, "rows of a synthetic source while they are made"),
    "sample/reviews.py": (5, "rows of a synthetic source while they are made"),
    "sample/visits.py": (4, "rows of a synthetic source while they are made"),
    "store/engine.py": (1, "options of SQLAlchemy's engine"),
}
PASSES = ("all", "one", "one_or_none", "copy")  # methods that give what they are called of
Function = ast.FunctionDef | ast.AsyncFunctionDef


def reads(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each untyped read."""
    tree = ast.parse(source)
    own = {"Row"} if "Row = TypeVar(" in source else set()
    for function in ast.walk(tree):
        if isinstance(function, Function):
            known = _untyped(function, ANYTHING - own)
            for node in _own(function):
                if (
                    isinstance(node, ast.Subscript)
                    and isinstance(node.slice, ast.Constant)
                    and isinstance(node.slice.value, str)
                    and _is_untyped(node.value, known)
                ):
                    yield node.lineno, node.slice.value


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions in it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting.extend(ast.iter_child_nodes(node))


def _untyped(function: Function, anything: set[str]) -> set[str]:
    """Names that hold a mapping to Any, or a list of such, in a function."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    known = {
        arg.arg for arg in every if arg.annotation and _any(ast.unparse(arg.annotation), anything)
    }
    declared = set()
    for _ in range(3):  # a name may be made of one that is made further down
        for node in _own(function):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                declared.add(node.target.id)
                if _any(ast.unparse(node.annotation), anything):
                    known.add(node.target.id)
            elif isinstance(node, ast.Assign) and _is_untyped(node.value, known):
                known |= {item.id for item in node.targets if isinstance(item, ast.Name)} - declared
            elif isinstance(node, (ast.For, ast.comprehension)) and _is_untyped(node.iter, known):
                known |= {node.target.id} - declared if isinstance(node.target, ast.Name) else set()
    return known


def _any(annotation: str, anything: set[str]) -> bool:
    """Whether an annotation is of a mapping to Any, of a list of such, or of either and None."""
    kind = annotation.removesuffix(" | None")
    for outer in LISTS:
        if kind.startswith(f"{outer}[") and kind.endswith("]"):
            kind = kind.removeprefix(f"{outer}[").removesuffix("]").removesuffix(", ...")
    return kind in anything


def _is_untyped(node: ast.AST, known: set[str]) -> bool:
    """Whether an expression is such a mapping, a list of them, or an item of one of either."""
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Subscript):
        return _is_untyped(node.value, known)
    if isinstance(node, ast.Call):
        made = node.func
        if isinstance(made, ast.Attribute):
            return made.attr in GIVES or (made.attr in PASSES and _is_untyped(made.value, known))
        named = isinstance(made, ast.Name) and made.id in ("sorted", "list", "reversed", "dict")
        return named and bool(node.args) and _is_untyped(node.args[0], known)
    return False


def by_module(folder: Path = ROOT / "dashboard") -> dict[str, list[tuple[int, str]]]:
    """The untyped reads of each module that has any, by its path."""
    found = {
        path.relative_to(folder).as_posix(): sorted(reads(path.read_text("utf-8")))
        for path in sorted(folder.rglob("*.py"))
    }
    return {module: there for module, there in found.items() if there}


def refused() -> list[str]:
    """Each read beyond those of OUTSIDE, with its file and line."""
    return [
        f"dashboard/{module}:{line}: {name} is declared nowhere: rows.typed declares it"
        for module, there in by_module().items()
        if len(there) > OUTSIDE.get(module, (0, ""))[0]
        for line, name in there
    ]


if __name__ == "__main__":
    every = by_module()
    for module, there in every.items():
        for line, name in there:
            print(f"{module}:{line}: {name}")
    print(f"{sum(map(len, every.values()))} in {len(every)} modules")
