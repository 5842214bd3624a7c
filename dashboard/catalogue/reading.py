"""Read the catalogue's files into records, collecting every fault of form with its line.

A fault is one sentence, `file:line: what the rule is; got: what was found`. Nothing here
knows how one file depends on another: that is faults.py.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dashboard.catalogue import records
from dashboard.catalogue.schema import Table

ROLES_FILE = "roles.toml"
ROLE_KEYS = {
    "sees": ("all", "borough", "none"),
    "records": ("all", "open", "own", "none"),
}
ROLE_MAY = ("decide", "propose", "explain", "minute", "sign", "load", "audit")


@dataclass(frozen=True)
class Line:
    """One record and the line of the file that says it."""

    number: int
    record: Any


@dataclass
class Rows:
    """What one file said: its good rows, and what a check must know of the others.

    spoilt    cells of rows that could not be read: faulty, but not unknown.
    readable  False where the file as a whole could not be read.
    """

    good: list[Line] = field(default_factory=list)
    spoilt: set[str] = field(default_factory=set)
    readable: bool = True


def read_table(folder: Path, table: Table, faults: list[str]) -> Rows:
    """The rows of one file; whatever is wrong with it is appended to `faults`."""
    if table.optional and not (folder / table.file).exists():
        return Rows()
    content = read_text(folder, table.file, faults)
    if content is None:
        return Rows(readable=False)
    cells = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows = Rows()
    try:
        header = [name.strip().lower() for name in next(cells)]
        table, header = table.as_written(header)
        if not header_is_good(header, table, faults):
            return Rows(readable=False)
        for row in cells:
            if any(cell.strip() for cell in row):
                read_row(table, header, row, cells.line_num, rows, faults)
    except csv.Error as error:
        faults.append(f"{table.file}:{cells.line_num}: the row is not readable as CSV ({error})")
        rows.readable = False
    if (
        not rows.good
        and not table.optional
        and not any(fault.startswith(f"{table.file}:") for fault in faults)
    ):
        faults.append(f"{table.file}:2: the file has a header and no row")
        rows.readable = False
    return rows


def read_text(folder: Path, file: str, faults: list[str]) -> str | None:
    """The file as text, or None with the fault said."""
    try:
        content = (folder / file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.append(f"{file}:1: the file is missing from the catalogue")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(f"{file}:{line}: the file is not UTF-8")
    except OSError as error:
        faults.append(f"{file}:1: the file can't be read ({error.strerror})")
    else:
        if content.strip():
            return content
        faults.append(f"{file}:1: the file is empty")
    return None


def header_is_good(header: list[str], table: Table, faults: list[str]) -> bool:
    """Whether each column stands in the header once and no other does."""
    before = len(faults)
    for name in table.columns:
        if header.count(name) != 1:
            how = "has no column" if name not in header else "has twice the column"
            faults.append(f"{table.file}:1: the header {how} {name!r}")
    for name in header:
        if name not in table.columns:
            known = ", ".join(table.columns)
            faults.append(f"{table.file}:1: the columns are {known}; got also: {name!r}")
    return len(faults) == before


def read_row(
    table: Table,
    header: list[str],
    cells: list[str],
    line: int,
    rows: Rows,
    faults: list[str],
) -> None:
    """Add the row's record to `rows`, or its faults to `faults`."""
    where = f"{table.file}:{line}"
    converted: dict[str, Any] = {}
    if len(cells) != len(header):
        faults.append(f"{where}: a row has {len(header)} columns; got: {len(cells)}")
    else:
        for name, cell in zip(header, cells, strict=True):
            try:
                converted[name] = table.columns[name](cell.strip())
            except ValueError as error:
                faults.append(f"{where}: {name} {error}; got: {cell.strip()!r}")
    if len(converted) == len(header):
        rows.good.append(Line(line, table.record(**converted)))
    else:
        rows.spoilt.update({cell.strip() for cell in cells} - {""})


def read_roles(folder: Path, faults: list[str]) -> dict[str, records.Role]:
    """The roles of roles.toml, one table each."""
    content = read_text(folder, ROLES_FILE, faults)
    if content is None:
        return {}
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{ROLES_FILE}:1: the file is not readable as TOML ({error})")
        return {}
    roles = {}
    for name, keys in tables.items():
        line = line_of(content, f"[{name}]")
        if wrong := role_fault(keys):
            faults.append(f"{ROLES_FILE}:{line}: the role {name!r} {wrong}")
        else:
            claims = {claim: tuple(values) for claim, values in keys["claims"].items()}
            kept = {**keys, "claims": claims, "may": tuple(keys["may"])}
            roles[name] = records.Role(code=name, **kept)
    return roles


def role_fault(keys: Any) -> str:
    """What is wrong with a role's table, or nothing."""
    expected = {field.name for field in fields(records.Role)} - {"code"}
    if not isinstance(keys, dict) or set(keys) != expected:
        return f"has exactly the keys {', '.join(sorted(expected))}"
    for key, allowed in ROLE_KEYS.items():
        if keys[key] not in allowed:
            return f"has {key} one of {', '.join(allowed)}; got: {keys[key]!r}"
    if not isinstance(keys["name"], str) or not keys["name"]:
        return "has a name in quotes"
    if not isinstance(keys["may"], list) or not set(map(str, keys["may"])) <= set(ROLE_MAY):
        return f"has may as a list of {', '.join(ROLE_MAY)}"
    claims = keys["claims"]
    if not isinstance(claims, dict) or not claims or not all(map(_are_words, claims.values())):
        return "has claims, each with a list of values in quotes"
    return ""


def _are_words(values: Any) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(v, str) for v in values)


def line_of(content: str, wanted: str) -> int:
    """The line (from 1) that starts with `wanted`; 1 where none does."""
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip().startswith(wanted):
            return number
    return 1
