"""Mutants of a module of statistics: small changes, each of which some test should find out.

The tests are collected once; each mutant runs in a process forked from there, in which the
module's functions are given the changed code. Printed are those that every test passes: an
equivalent one stands in .docs/methods/mutants.md, any other lacks a test.
Run: python -m tests.benchmarks.mutants [--record FILE] MODULE… (of dashboard.stats)
What FILE says was found out is not run again, so that a long run can be taken up where it ended.
"""

from __future__ import annotations

import argparse
import ast
import doctest
import hashlib
import importlib
import json
import os
import re
import resource
import sys
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLOW = re.compile(
    r"simulat|_real|test_xmr_sql|workshop|past_"
)  # files that take longer than they tell
QUICK = "not quiet_meetings"  # and tests
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.MatMult: ast.Mult,
}  # fmt: skip
BOUNDARY = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
OPPOSITE = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
NAMES = {"max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum"}
NAMES |= {"floor": "ceil", "ceil": "floor", "any": "all", "all": "any", "sqrt": "abs"}
LEFT_OUT = ("abs", "round", "nan_to_num", "sorted", "float")  # calls of one argument
KEPT = ("strict", "dtype", "out")  # keywords that change no figure when left out
LIMIT = 3.0  # times the processor's time without a change, and five seconds: found out, too
MEMORY = 4 << 30


def changes(node: Any) -> Iterator[tuple[str, ast.AST]]:
    """(what is changed, the node in its place) for each small change of one node."""
    new: Any = deepcopy(node)
    if isinstance(new, ast.BinOp | ast.AugAssign) and type(new.op) in ARITHMETIC:
        new.op = ARITHMETIC[type(new.op)]()
        yield "operator", new
    elif isinstance(new, ast.Compare):
        for at, kind in enumerate(map(type, node.ops)):
            for what, other in (("boundary", BOUNDARY), ("comparison", OPPOSITE)):
                if kind in other:
                    new = deepcopy(node)
                    new.ops[at] = other[kind]()
                    yield what, new
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
        yield "and/or", new
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not | ast.USub | ast.Invert):
        yield "sign left out", new.operand
    elif isinstance(new, ast.Constant) and type(new.value) in (int, float):
        others = (1, -1) if isinstance(new.value, int) else (new.value * 0.5 + 0.01,)
        for other in others:
            yield "number", ast.Constant(new.value + other)
    elif isinstance(new, ast.Constant) and isinstance(new.value, bool):
        yield "flag", ast.Constant(not new.value)
    elif isinstance(new, ast.IfExp):
        new.body, new.orelse = new.orelse, new.body
        yield "branches", new
    elif isinstance(new, ast.Break | ast.Continue):
        yield "way out", ast.Continue() if isinstance(new, ast.Break) else ast.Break()
    elif isinstance(new, ast.Attribute) and new.attr in NAMES:
        new.attr = NAMES[new.attr]
        yield "function", new
    elif isinstance(new, ast.Name) and new.id in NAMES:
        new.id = NAMES[new.id]
        yield "function", new
    elif isinstance(new, ast.Call):
        called = getattr(new.func, "id", getattr(new.func, "attr", ""))
        if called in LEFT_OUT[:4] and len(new.args) == 1:
            yield "call left out", new.args[0]
        for at, keyword in enumerate(node.keywords):
            if keyword.arg and keyword.arg not in KEPT:
                new = deepcopy(node)
                del new.keywords[at]
                yield "keyword left out", new


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
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for what, new in changes(node):
            if what == "branches" and id(node.test) in skipped:
                continue
            whole = deepcopy(tree)
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
    elif isinstance(node, ast.keyword) and node.arg in ("dtype", "strict"):
        found = [node.value]
    return [item for item in found if item is not None]


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def give(module: ModuleType, source: str) -> None:
    """Gives a module, and whoever imported from it, what the source says instead."""
    new = ModuleType(module.__name__)
    exec(compile(source, module.__file__ or "", "exec"), new.__dict__)
    ours = [found for found in sys.modules.values() if _is_ours(found)]
    for name, now in vars(new).items():
        before = vars(module).get(name)
        if getattr(now, "__module__", None) == module.__name__:
            _recode(before, now)
        elif not name.startswith("__") and repr(now) != repr(before):
            for one in ours:
                if one.__dict__.get(name) is before:
                    setattr(one, name, now)


def _is_ours(module: ModuleType) -> bool:
    return str(getattr(module, "__file__", None) or "").startswith(str(ROOT))


def _recode(before: Any, now: Any) -> None:
    """The function that others hold, or a class's, with the code and the defaults of the new."""
    if isinstance(before, type):
        for name, item in vars(now).items():
            old = vars(before).get(name)
            if isinstance(item, int | float | bool) and not name.startswith("__"):
                setattr(before, name, item)
            for part in ("fget", "__func__"):
                _recode(getattr(old, part, None), getattr(item, part, None))
            _recode(old, item)
    elif isinstance(before, FunctionType) and isinstance(now, FunctionType):
        before.__code__, before.__defaults__ = now.__code__, now.__defaults__
        before.__kwdefaults__ = now.__kwdefaults__
    elif hasattr(before, "__wrapped__"):
        _recode(before.__wrapped__, now.__wrapped__)


def tests_of(module: str) -> list[str]:
    """The files of tests that name the module, the nearest first; and its own examples."""
    stats = sorted((ROOT / "dashboard" / "stats").glob("*.py"))
    direct = re.compile(rf"stats\.{module}\b|stats import [^\n]*\b{module}\b")
    users = [path.stem for path in stats if direct.search(path.read_text("utf-8"))]
    names = "|".join([module, *users])
    uses = re.compile(rf"stats\.({names})\b|stats import [^\n]*\b({names})\b")
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


class Hunt:
    """A plugin of pytest: runs the collected tests once for each mutant, in a fork each."""

    def __init__(self, module: str, record: Path | None):
        self.module, self.record = module, record
        self.path = ROOT / "dashboard" / "stats" / f"{module}.py"
        self.durations: dict[str, float] = {}
        self.alive = self.number = 0
        self.seen: set[str] = set()
        if record and record.exists():
            lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
            self.seen = {line["hash"] for line in lines if line["state"] != "survived"}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        # What the first run loads and keeps, each fork has.
        start = time.process_time()
        if not self._passes(session):
            raise AssertionError(f"an example of {self.module} fails as it is")
        took = time.process_time() - start
        session.items.sort(key=lambda item: self.durations[item.nodeid])
        print(f"{self.module}: {len(session.items)} tests, {took:.1f} s", flush=True)
        for line, said, changed in mutants(self.path.read_text("utf-8")):
            self.number += 1
            known = hashlib.sha256(f"{self.module}\n{changed}".encode()).hexdigest()[:20]
            if known in self.seen:
                continue
            state = self._outcome(session, changed, LIMIT * took + 5)
            if state == "survived":
                self.alive += 1
                print(f"  line {line}: {said}", flush=True)
            if self.record:
                row = {"module": self.module, "hash": known, "state": state}
                with self.record.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(row | {"line": line, "said": said}) + "\n")
        print(f"{self.module}: {self.alive} of {self.number} survived", flush=True)
        return True

    def _passes(self, session: pytest.Session) -> bool:
        found = importlib.import_module(f"dashboard.stats.{self.module}")
        if doctest.testmod(found, optionflags=doctest.ELLIPSIS).failed:
            return False
        # Without pytest's reports, which take longer than most tests.
        state = session._setupstate
        for at, item in enumerate(session.items):
            start = time.process_time()
            try:
                state.setup(item)
                item.runtest()
            except pytest.skip.Exception:
                pass
            finally:
                state.teardown_exact(
                    session.items[at + 1] if item is not session.items[-1] else None
                )
            self.durations[item.nodeid] = time.process_time() - start
        return True

    def _outcome(self, session: pytest.Session, source: str, limit: float) -> str:
        """'survived', 'killed' or 'too long'."""
        child = os.fork()
        if not child:
            passes = False
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 1))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
                sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
                give(importlib.import_module(f"dashboard.stats.{self.module}"), source)
                passes = self._passes(session)
            finally:
                os._exit(0 if passes else 1)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return "too long"
        return "killed" if status else "survived"


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("modules", nargs="+")
    asked.add_argument("--record", type=Path)
    given = asked.parse_args()
    for module in given.modules:
        child = os.fork()
        if not child:
            options = ["--noconftest", "-o", "addopts=--import-mode=importlib", "-k", QUICK]
            options += [f"-p no:{name}" for name in ("cacheprovider", "terminal", "xdist")]
            options += ["-s", "-W", "ignore", "--assert=plain"]
            pytest.main([*options, *tests_of(module)], plugins=[Hunt(module, given.record)])
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
