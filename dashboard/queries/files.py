"""Find and read the SQL of queries/**.sql: a file is one select with a header above it.

The header's lines (`-- key: value`) say what the select answers; of a measure or a fault rule they
may say all of it, and the select is made from them (counting.py, fault_sql.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dashboard.errors import ContentError, NotFoundError

FOLDER = Path(__file__).resolve().parents[2] / "queries"
HEADER = re.compile(r"^--\s*([a-z_]+):\s*(.*)$")
CONTINUED = re.compile(r"^--\s{2,}(\S.*)$")
PARAMETER = re.compile(r"\$([a-z_]+)")
# Folders whose files may be a header alone, from which the select is made.
MADE = ("measures", "faults")

# Each kind of query and where its files lie. A subject's folder holds the questions asked of one
# snapshot; its folder `across` those asked of several at once. A file that is one subject's alone
# lies in a folder of the subject's name.
KINDS = {
    "reports": "reports/*/*.sql",
    "across": "reports/*/across/*.sql",
    "measures": "measures/**/*.sql",
    "faults": "faults/**/*.sql",
    "macros": "macros/**/*.sql",
    "marts": "marts/**/*.sql",
    "series": "series/*.sql",
    "publish": "publish/*.sql",
}


@dataclass(frozen=True)
class Query:
    """One SQL file: its name, its header, its text and the parameters it uses.

    selects  whether the file holds a select; else one is made from its header
    twice    keys that the header says more than once
    """

    name: str
    path: Path
    header: dict[str, str] = field(hash=False, compare=False, repr=False)
    sql: str = field(repr=False)
    selects: bool = True
    twice: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the `$parameters` in the SQL, comments left out, in order of first use."""
        code = "\n".join(line.split("--", 1)[0] for line in self.sql.splitlines())
        return tuple(dict.fromkeys(PARAMETER.findall(code)))

    @property
    def returns(self) -> tuple[str, ...]:
        """Column names that the header promises, in order."""
        listed = self.header.get("returns", "")
        return tuple(part.strip() for part in listed.split(",") if part.strip())


def read(path: Path) -> Query:
    """Reads one SQL file and its header.

    raises  ContentError where the file holds no header or no statement.
    """
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    last, twice = "", list[str]()
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := HEADER.match(line):
            last = match[1]
            if last in header:
                twice.append(last)
            header[last] = match[2].strip()
        elif last and (more := CONTINUED.match(line)):
            header[last] = f"{header[last]} {more[1].strip()}"
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    if not body.strip() and not {path.parent.name, path.parent.parent.name} & {*MADE}:
        raise ContentError(f"{place_of(path)}: a query file holds one select; got: nothing")
    return Query(path.stem, path, header, text, bool(body.strip()), tuple(twice))


@cache
def find(kind: str) -> dict[str, Query]:
    """All queries of one of KINDS by name; a name stands once in its kind, whatever its folder."""
    return {path.stem: read(path) for path in paths(kind)}


def paths(kind: str) -> list[Path]:
    """The files of one of KINDS, in the order of their names."""
    return sorted(FOLDER.glob(KINDS[kind]), key=lambda path: path.stem)


def report(name: str) -> Query:
    """The report query `name`.

    raises  NotFoundError with the names near it.
    """
    known = find("reports")
    if name not in known:
        raise NotFoundError("query", name, tuple(known))
    return known[name]


def place_of(path: Path) -> str:
    """Where a query's file lies, from the project's folder on."""
    try:
        return str(path.relative_to(FOLDER.parent))
    except ValueError:
        return f"{path.parent.name}/{path.name}"  # of a catalogue's own
