"""Mutants of a module of statistics: small changes, each of which some test should find out.

Each mutant runs in a process of its own, forked after the libraries are imported. Printed are
those that every test passes: an equivalent one stands in .docs/methods/mutants.md, any other
lacks a test. Run: python -m tests.benchmarks.mutants MODULE… (of dashboard.stats)
"""

from __future__ import annotations

import ast
import doctest
import importlib
import importlib.abc
import importlib.machinery
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLOW = re.compile(r"simulat|_real|test_xmr_sql")  # files that take longer than they tell
QUICK = "not quiet_meetings"  # and tests
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
NAMES = {"max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum"}
NAMES |= {"floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}
LIBRARIES = ("hypothesis.strategies", "numpy", "scipy.special", "scipy.stats")
LIMIT = 3.0  # times as long as without a change, and ten seconds: then it is found out, too


def changes(node: Any) -> Iterator[tuple[str, ast.AST]]:
    """(what is changed, the node in its place) for each small change of one node."""
    new: Any = deepcopy(node)
    if isinstance(new, ast.BinOp) and type(new.op) in ARITHMETIC:
        new.op = ARITHMETIC[type(new.op)]()
        yield "operator", new
    elif isinstance(new, ast.Compare) and type(new.ops[0]) in COMPARED:
        new.ops[0] = COMPARED[type(new.ops[0])]()
        yield "comparison", new
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
        yield "and/or", new
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not | ast.USub | ast.Invert):
        yield "sign left out", new.operand
    elif isinstance(new, ast.Constant) and type(new.value) in (int, float):
        number: Any = new.value
        new.value = number + 1 if isinstance(number, int) else number * 1.5 + 0.01
        yield "number", new
    elif isinstance(new, ast.Constant) and isinstance(new.value, bool):
        new.value = not new.value
        yield "flag", new
    elif isinstance(new, ast.IfExp):
        new.body, new.orelse = new.orelse, new.body
        yield "branches", new
    elif isinstance(new, ast.Attribute) and new.attr in NAMES:
        new.attr = NAMES[new.attr]
        yield "function", new
    elif isinstance(new, ast.Name) and new.id in NAMES:
        new.id = NAMES[new.id]
        yield "function", new


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, what was changed from what to what, the whole source) of each mutant."""
    tree: Any = ast.parse(source)
    skipped = {
        id(part)
        for node in ast.walk(tree)
        for part in _no_arithmetic(node)
        for part in ast.walk(part)
    }
    node: Any
    for node in [item for item in ast.walk(tree) if id(item) not in skipped]:
        for what, new in changes(node):
            if what == "branches" and id(node.test) in skipped:
                continue
            whole = deepcopy(tree)
            place = [*ast.walk(tree)].index(node)
            target = [*ast.walk(whole)][place]
            _Swap(target, new).visit(whole)
            said = f"{what}: {ast.unparse(node)[:70]} → {ast.unparse(new)[:70]}"
            yield node.lineno, said, ast.unparse(ast.fix_missing_locations(whole))


def _no_arithmetic(node: ast.AST) -> list[ast.AST]:
    """Parts that change no figure: annotations, decorators and what an error says."""
    found: list[ast.AST | None] = []
    if isinstance(node, ast.FunctionDef):
        found = [node.returns, *node.decorator_list, *(arg.annotation for arg in node.args.args)]
        found += [arg.annotation for arg in node.args.kwonlyargs]
    elif isinstance(node, ast.AnnAssign):
        found = [node.annotation]
    elif isinstance(node, ast.ClassDef):
        found = [*node.decorator_list]
    elif isinstance(node, ast.Raise | ast.JoinedStr):
        found = [node]
    elif isinstance(node, ast.keyword) and node.arg == "dtype":
        found = [node.value]
    return [item for item in found if item is not None]


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Hands out one module from a given source."""

    def __init__(self, name: str, path: Path, source: str):
        self.name, self.path, self.source = name, path, source

    def find_spec(self, fullname, path, target=None):
        if fullname != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=str(self.path))

    def exec_module(self, module) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def tests_of(module: str) -> list[str]:
    """The files of tests that name the module, the nearest first; and its own examples."""
    uses = re.compile(rf"stats\.{module}\b|stats import [^\n]*\b{module}\b")
    rooms = [ROOT / "tests" / room for room in ("stats", "signals", "reference_checks", "strategy")]
    files = [path for room in rooms for path in sorted(room.glob("*.py"))]
    named = [path for path in files if uses.search(path.read_text("utf-8"))]
    signals = (ROOT / "dashboard" / "signals").glob("*.py")
    if any(uses.search(path.read_text("utf-8")) for path in signals):
        named += [path for path in files if path.parent.name == "signals" and path not in named]
    chosen = [
        path for path in named if path.name.startswith("test_") and not SLOW.search(path.name)
    ]
    if any(path.parent.name == "reference_checks" for path in named):
        chosen.append(ROOT / "tests" / "test_reference.py")
    return [str(path) for path in chosen]


def outcome(module: str, source: str, tests: list[str], limit: float) -> tuple[str, float]:
    """'survived', 'killed' or 'too long', and the seconds that it took."""
    start, path = time.monotonic(), ROOT / "dashboard" / "stats" / f"{module}.py"
    child = os.fork()
    if not child:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        sys.meta_path.insert(0, Loader(f"dashboard.stats.{module}", path, source))
        mutated = importlib.import_module(f"dashboard.stats.{module}")
        if doctest.testmod(mutated, optionflags=doctest.ELLIPSIS).failed:
            os._exit(1)
        asked = ["-x", "-q", "--noconftest", "-p", "no:cacheprovider", "-n", "0", "-k", QUICK]
        os._exit(int(pytest.main([*asked, *tests]) != 0))
    while time.monotonic() - start < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            took = time.monotonic() - start
            return ("killed" if status else "survived"), took
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "too long", limit


def main(*modules: str) -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    for module in modules:
        source = (ROOT / "dashboard" / "stats" / f"{module}.py").read_text("utf-8")
        tests = tests_of(module)
        state, took = outcome(module, ast.unparse(ast.parse(source)), tests, 600.0)
        print(f"{module}: {len(tests)} files of tests, {took:.1f} s, {state}", flush=True)
        if state != "survived":
            continue
        number, alive = 0, 0
        for line, said, changed in mutants(source):
            number += 1
            state, _ = outcome(module, changed, tests, LIMIT * took + 10)
            if state == "survived":
                alive += 1
                print(f"  line {line}: {said}", flush=True)
        print(f"{module}: {alive} of {number} survived", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
