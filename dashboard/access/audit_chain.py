"""The lines of the audit, the chain that holds them together, and the check of it.

Each line's hash covers the line and the hash before it. Who it was and the purpose that they
typed stand apart, with a salt of the line's own; the line holds only their salted digest. So a
reference to a person can be erased by rule and the chain still holds, while a changed reference
is found. An erasure is a line itself: a reference that is gone without one is a fault.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
    select,
)
from sqlalchemy.schema import DDL

from dashboard.rows import typed_row

FIRST = "0" * 64  # what the first line follows on
ERASURE = "erasure"
HEAD = re.compile(r"audit head (\d+) ([0-9a-f]{64})")
REFUSED = "the audit only grows"

metadata = MetaData()
lines = Table(
    "audit_lines",
    metadata,
    Column("line", Integer, primary_key=True),
    Column("at", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("who_digest", String(64), nullable=False),
    Column("what", Text, nullable=False),
    Column("unit", String(40)),
    Column("rows", Integer),
    Column("snapshot", String(64)),
    Column("purpose_digest", String(64)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
people = Table(
    "audit_people",
    metadata,
    Column("line", Integer, primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("who", String(255), nullable=False, index=True),
    Column("purpose", Text),
)


class Entry(TypedDict):
    """A line of the chain; `at` in ISO's spelling."""

    line: int
    at: str
    kind: str
    who_digest: str
    what: str
    unit: str | None
    rows: int | None
    snapshot: str | None
    purpose_digest: str | None
    previous: str
    hash: str


class Person(TypedDict):
    """Who it was, beside their line."""

    line: int
    salt: str
    who: str
    purpose: str | None


class Erasure(TypedDict):
    """What the line of an erasure says: its rule, and first and last of each span of lines."""

    rule: str
    lines: list[tuple[int, int]]


for what in ("update", "delete"):
    event.listen(
        lines,
        "after_create",
        DDL(
            f"create trigger audit_no_{what} before {what} on audit_lines"
            f" begin select raise(abort, '{REFUSED}'); end"
        ),
    )


def digest(salt: str, words: str) -> str:
    """The salted digest of a personal reference: nothing can be told from it without the salt."""
    return hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()


def line_hash(line: Entry) -> str:
    """The hash of a line over all that it says, the hash before it included."""
    said = {name: value for name, value in line.items() if name != "hash"}
    words = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def read_heads(text: str) -> dict[int, str]:
    """The heads that a log names, hash by line: `audit head LINE HASH` anywhere in a row."""
    return {int(number): said for number, said in HEAD.findall(text)}


def faults(connection: Connection, heads: Mapping[int, str]) -> list[str]:
    """What is wrong with the audit, a sentence each that names the line; none where it is whole.

    heads  hash by line, from a log that is kept elsewhere. Without one, whoever can write the
           file could make the whole chain anew; what is after the last head is held by the
           chain alone.
    """
    sentences: list[str] = []
    previous, expected = FIRST, 1
    hashes: dict[int, str] = {}
    for row in entries(connection):
        number = row["line"]
        if number > expected:
            sentences.append(f"{_span(expected, number - 1)} gone")
        elif row["previous"] != previous:
            sentences.append(f"line {number} does not follow on line {number - 1}")
        if line_hash(row) != row["hash"]:
            sentences.append(f"line {number} was changed")
        hashes[number] = previous = row["hash"]
        expected = number + 1
    sentences += _people_faults(connection)
    return sentences + _head_faults(hashes, heads)


def entries(connection: Connection) -> Iterator[Entry]:
    """Every line, the first first."""
    for row in connection.execute(select(lines).order_by(lines.c.line)).mappings():
        yield typed_row(Entry, row)


def _head_faults(hashes: Mapping[int, str], heads: Mapping[int, str]) -> list[str]:
    sentences = []
    last, good = max(hashes, default=0), 0
    for number, said in sorted(heads.items()):
        if number > last:
            sentences.append(f"{_span(last + 1, number)} gone: the log has a head of line {number}")
            break
        if number and hashes.get(number) != said:
            sentences.append(
                f"line {number} is not the one that was logged: something from line {good + 1} to"
                f" line {number} was changed and the chain made anew"
            )
            break
        good = number
    return sentences


def _people_faults(connection: Connection) -> list[str]:
    sentences = []
    named = (typed_row(Person, each) for each in connection.execute(select(people)).mappings())
    known = {person["line"]: person for person in named}
    rows = list(entries(connection))
    erased = erased_lines(row["what"] for row in rows if row["kind"] == ERASURE)
    for row in rows:
        person = known.get(row["line"])
        if person is None:
            if row["line"] not in erased:
                sentences.append(f"line {row['line']}: who it was is gone, and no erasure says so")
        elif digest(person["salt"], person["who"]) != row["who_digest"]:
            sentences.append(f"line {row['line']}: who it was has been changed")
        elif _purpose_digest(person) != row["purpose_digest"]:
            sentences.append(f"line {row['line']}: its purpose has been changed")
    return sentences


def _purpose_digest(person: Person) -> str | None:
    return None if person["purpose"] is None else digest(person["salt"], person["purpose"])


def erasure_words(numbers: Iterable[int], rule: str) -> str:
    """What an erasure's line says: the rule, and the lines whose references it took."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return json.dumps({"rule": rule, "lines": spans})


def erased_lines(said: Iterable[str]) -> set[int]:
    """The lines whose references the erasures took."""
    taken: set[int] = set()
    for words in said:
        taken_by: Erasure = json.loads(words)
        for first, last in taken_by["lines"]:
            taken |= set(range(first, last + 1))
    return taken


def _span(first: int, last: int) -> str:
    return f"line {first} is" if first == last else f"lines {first} to {last} are"
