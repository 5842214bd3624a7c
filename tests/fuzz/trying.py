"""What must hold of every hostile input: a sentence at most, nothing outside, nothing half."""

from __future__ import annotations

import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from typer.testing import CliRunner

from dashboard import ingest, queries, reports, snapshots
from dashboard.__main__ import app
from dashboard.errors import DashboardError
from dashboard.ingest.incidents import LOG
from dashboard.reports.explore import questions
from dashboard.snapshots.statements import checked
from tests.fuzz import hostile
from tests.screens import NAMES, screen

RAW = ("<script>alert", "<img src=x", "</data><b>7")
LINKS = ("[here](http", ":red[x]")
MARKDOWN = ("markdown", "caption", "error", "warning", "info", "success", "title", "header")
ASKED_EVERY = 40  # of the statements that may run, the share that is run
BESIDE = Path(tempfile.gettempdir()).resolve(), Path("/dev")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_watched: tuple[Path, ...] | None = None  # where may be written, and what stands round it
_written: list[str] = []


@dataclass
class Tried:
    """How many inputs of each kind were tried, and what was wrong, a line each."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def fault(self, kind: str, given: object, what: object) -> None:
        self.faults.append(f"{kind} {given!r}: {what!r}"[:2000])


def _noted(event: str, values: tuple[Any, ...]) -> None:
    """Of what Python does with files, what is written elsewhere than it may be."""
    if _watched is None:
        return
    if event == "open" and not (isinstance(values[2], int) and values[2] & WRITES):
        return
    if event not in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink"):
        return
    for value in values[: 2 if event in ("os.rename", "os.symlink") else 1]:
        # What is named from an open folder lies where that was looked at.
        if isinstance(value, str | bytes | os.PathLike) and os.path.isabs(os.fsdecode(value)):
            path = Path(os.path.realpath(os.fsdecode(value)))
            mine, root = _watched
            elsewhere = path.is_relative_to(root) or not any(map(path.is_relative_to, BESIDE))
            if elsewhere and not path.is_relative_to(mine):
                _written.append(f"{event} {path}")


@contextmanager
def inside(data: Path) -> Iterator[list[str]]:
    """Gives what is written beside the data folder meanwhile; not bytecode, nor what is temporary
    and lies elsewhere."""
    global _watched
    if _noted not in _hooks:
        _hooks.append(_noted)
        sys.addaudithook(_noted)
    _written.clear()
    _watched = data.resolve(), data.resolve().parent
    outside: list[str] = []
    try:
        yield outside
    finally:
        _watched = None
        outside += [item for item in _written if "__pycache__" not in item]


_hooks: list[Any] = []


def command(tried: Tried, data: Path, *call: str) -> str:
    """What a command prints; whatever is no sentence is a fault, an incident too."""
    done = CliRunner().invoke(app, [*call, "--data", str(data)])
    log = data / "state" / LOG
    if log.exists():
        tried.fault("incident", call, log.read_text("utf-8")[-1500:])
        log.unlink()
    if done.exception and not isinstance(done.exception, DashboardError | SystemExit):
        tried.fault("command", call, done.exception)
    said = done.output + (str(done.exception) if done.exception else "")
    if unseen := {letter for letter in said if _unseen(letter)}:
        tried.fault("command prints", call, unseen)
    return said


def imports(tried: Tried, root: Path, inputs: int, chance: Random) -> None:
    """Files of all kinds; whatever was accepted is published and looked at in the end."""
    own, data, files = hostile.packaged(), root / "data", root / "files"
    known = hostile.kinds_of(own)
    before = {path for path in root.iterdir()}
    for number in range(inputs):
        kind = known[number % len(known)]
        name, content = hostile.file(kind, own, chance)
        place = files / str(number)
        place.mkdir(parents=True)
        (place / name).write_bytes(content)
        call = ["import", kind, str(place / name), *_options(chance)]
        staged = _staged(data)
        with inside(data) as outside:
            said = command(tried, data, *call)
        tried.count("import")
        if outside:
            tried.fault("written outside", call, outside)
        if half := _half(data):
            tried.fault("half staged", call, half)
        if not said.startswith("{") and "accepted" not in said and _staged(data) != staged:
            tried.fault("staged though refused", call, said[-300:])
        if "--json" in call and number % 7:  # what was rejected is only in the way from here on
            (place / name).unlink()
    for path in set(root.iterdir()) - before - {data, files}:
        tried.fault("left beside the data", "", path)
    command(tried, data, "publish", "--as-at", "2004-07-12")
    if snapshots.listing(data):
        for page in NAMES:
            page_tried(tried, data, page, {"as_at": "2004-07-12"})


def _options(chance: Random) -> list[str]:
    given = ["--json"] if chance.random() < 0.9 else []
    day = "2004-07-11" if chance.random() < 0.9 else _written_once(chance)
    given += ["--vintage", day]
    for name, most in (("--column", 0.05), ("--dates", 0.05), ("--sheet", 0.03), ("--areas", 0.02)):
        if chance.random() < most:
            words = _written_once(chance)
            given += [name, f"{words}={_written_once(chance)}" if name == "--column" else words]
    return given


def _written_once(chance: Random) -> str:
    """A word as a shell could hand it over: no NUL, no half of a character."""
    words = hostile.cell(chance).replace("\0", "").encode("utf-8", "replace").decode()
    return words[:500] or "x"


def _staged(data: Path) -> set[Path]:
    return {item.path for item in ingest.staged(data)}


def _half(data: Path) -> list[str]:
    """What of the staging folder is no whole import."""
    notes = {path.with_suffix("") for path in (data / "staging").glob("*/[!.]*.json")}
    tables = {path.with_suffix("") for path in (data / "staging").glob("*/[!.]*.parquet")}
    return sorted(str(path) for path in notes ^ tables)


def addresses(tried: Tried, data: Path, inputs: int, chance: Random) -> None:
    """Addresses of all pages, and queries by name with values of the same kind."""
    page_of = hostile.turns(NAMES, chance)
    names = sorted(queries.find("reports"))
    with inside(data) as outside:
        for _ in range(inputs):
            if chance.random() < 0.1:
                given = [f"{key}={value}" for key, value in hostile.address(chance).items()]
                given = [item.replace("\0", "") for item in given if not item.startswith("-")]
                command(tried, data, "query", chance.choice(names), *given)
            else:
                page_tried(tried, data, next(page_of), hostile.address(chance))
            tried.count("address")
    if outside:
        tried.fault("written outside", "addresses", outside[:5])


def page_tried(tried: Tried, data: Path, page: str | Path, params: dict[str, str]) -> None:
    shown = screen(page, data, **params)
    try:
        shown.run()
    except Exception as error:  # whatever it is, the next input is tried
        tried.fault(page, params, error)
        return
    for item in shown.exception:
        tried.fault(page, params, f"{item.message} {item.stack_trace}")
    for item in shown.error:
        if "Something went wrong" in item.value:
            tried.fault(page, params, item.value)
    bodies = [item.proto.body for item in shown.get("html")]
    for body in bodies:
        for raw in (*RAW, *(letter for letter in set(body) if _unseen(letter))):
            if raw in body:
                place = body.index(raw)
                tried.fault(f"{page} shows", params, body[max(0, place - 80) : place + 40])
    for kind in MARKDOWN:
        for item in shown.get(kind):
            if any(link in str(getattr(item, "value", "")) for link in LINKS):
                tried.fault(f"{page} as markdown", params, item.value)


def _unseen(letter: str) -> bool:
    """What steers a terminal or the direction of writing; a soft hyphen or a joiner does not."""
    return letter not in "\n\r\t\u00ad\u200d\u200c" and unicodedata.category(letter) in (
        "Cc", "Cf", "Zl", "Zp",
    )  # fmt: skip


def statements(tried: Tried, data: Path, inputs: int, chance: Random) -> None:
    """Own SQL: refused in a sentence, or written anew so that it is itself allowed."""
    request = reports.open_request(date(2004, 7, 12), data=data)
    tables = frozenset(questions.columns(request))
    allowed = 0
    for _ in range(inputs):
        sql = hostile.statement(chance)
        tried.count("statement")
        try:
            runs = checked(sql, tables)
            if checked(runs, tables) != runs:
                tried.fault("statement", sql, f"is not what is checked: {runs}")
            allowed += 1
            if allowed % ASKED_EVERY == 0:
                questions.answer_of(request, sql)
        except DashboardError as error:
            if str(data) in str(error):
                tried.fault("statement tells a path", sql, error)
        except Exception as error:  # whatever it is, the next input is tried
            tried.fault("statement", sql, error)
