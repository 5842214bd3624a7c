"""Why an analyst's statement can't run, in a sentence: the word near which it goes wrong, and what
was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import TypedDict, cast

from sqlglot.errors import ParseError

from dashboard.errors import DashboardError, NotFoundError, UsageError

BEGINS = ("select", "with", "from", "values")
KEYWORDS = (
    "all and as asc between by case count cross desc distinct else end except exists false full"
    " group having in inner intersect interval is join lateral left like limit not null offset on"
    " or order outer over partition qualify right rows then true union using when where window"
).split() + list(BEGINS)
WORD = re.compile(r"[a-zA-Z_]\w*|\S")
LOOKED_AT = 3  # words up to where the reading stopped: what is wrong stands in the last of them
QUOTES = ("'", '"')
# What DuckDB says of a name that is not there; the first group is the name.
NO_COLUMN = re.compile(
    r'(?:Referenced column|does not have a column named|Could not find column) "([^"]+)"'
)
NO_TABLE = re.compile(r'Referenced table "([^"]+)" not found')
ALIKE = 0.75  # of two words, as difflib has it: form and from
LONGEST = 40  # letters of a word that is said again


def unread(error: Exception, sql: str, tables: Collection[str]) -> UsageError:
    """What can't be read as SQL: near which word, and the keyword that was probably meant.

    tables  whose names are no misspelt keyword
    """
    if any(sql.count(mark) % 2 for mark in QUOTES):
        return _said("a quotation mark is opened and not closed")
    words = WORD.findall(sql)
    first = words[0].lower() if words else ""
    if first not in (*BEGINS, "("):
        return _said(f"it begins with {_short(first)}{_meant(first, BEGINS)}")
    stopped = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    where = _stopped(cast(Stopped, stopped), sql, tables) if stopped.get("highlight") else ""
    return _said(where or _nowhere(sql))


def unbound(said: str, columns: Collection[str]) -> DashboardError | None:
    """The error for a name that DuckDB did not find, near which of `columns` it lies; None where
    it complains of something else."""
    if match := NO_COLUMN.search(said):
        return NotFoundError("column", match[1][:LONGEST], tuple(columns))
    if match := NO_TABLE.search(said):
        name = _short(match[1])
        return UsageError(f"{name} is no table and no short name of one in this statement's FROM")
    return None


def _said(words: str) -> UsageError:
    return UsageError(f"this can't be read as SQL: {words}")


class Stopped(TypedDict):
    """Where sqlglot stopped reading, and what it wanted."""

    highlight: str
    start_context: str | None
    line: int
    description: str | None


def _stopped(error: Stopped, sql: str, tables: Collection[str]) -> str:
    """Where the reading stopped, and which word there or just before is like a keyword."""
    word = error["highlight"]
    before = WORD.findall(error["start_context"] or "")[-LOOKED_AT + 1 :]
    for near in (*reversed(before), word):
        if near not in tables and (hint := _meant(near, KEYWORDS)):
            return f"it goes wrong near {_short(near)} in line {error['line']}{hint}"
    if "Expecting )" in (error["description"] or "") and sql.count("(") > sql.count(")"):
        return f"a bracket is opened and not closed before {_short(word)} in line {error['line']}"
    return f"it goes wrong at {_short(word)} in line {error['line']}, or at the word before it"


def _nowhere(sql: str) -> str:
    if sql.count("(") != sql.count(")"):
        return "its brackets are not closed as they are opened"
    return "something that a function or a clause needs is missing"


def _meant(word: str, known: Sequence[str]) -> str:
    """'; did you mean from?', where a word is like one of those and none itself."""
    if not word[:1].isalpha() or word.lower() in known or len(word) < 3:
        return ""
    nearest = get_close_matches(word.lower(), known, 1, ALIKE)
    return f"; did you mean {nearest[0]}?" if nearest else ""


def _short(word: str) -> str:
    return f"“{word[:LONGEST]}”"
