"""formats/*.toml read into records; every fault with its file, its line and what to write."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from dashboard.catalogue import formats
from dashboard.catalogue.format_checks import check
from dashboard.catalogue.format_text import FOLDER, File
from dashboard.catalogue.formats import (
    Condition,
    FirstMonth,
    Format,
    LeaveOut,
    Lookup,
    Reading,
    Words,
)
from dashboard.catalogue.reading import read_text

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
WORD = re.compile(r"[a-z][a-z0-9_]*")
# Names that the program gives itself when it reads a file.
TAKEN = re.compile(r"line|n|borough|spelt|clash|looked_up|m\d{6}")
KEYS = {
    "title": 'title = "Recorded crime by district"',
    "source": 'source = "https://… or where the download is found"',
    "shape": 'shape = "long"',
    "level": 'level = "borough"',
    "grain": 'grain = "month"',
    "columns": '[columns] and below it area = ["District"]',
}
OPTIONAL = (
    "rows", "value", "offence", "words_of", "optional", "stacked", "apart", "values", "known",
    "leave_out", "spellings", "lookup", "first_month", "variant",
)  # fmt: skip
VARIANT = ("value", "columns", "values", "known", "leave_out")
RULE = 'rule = "a_name", why = "a reason", when = [{ column = "a role", is = ["a word"] }]'


def read_all(folder: Path, faults: list[str]) -> dict[str, Format]:
    """The formats of a catalogue's folder by name; what is wrong is appended to `faults`."""
    by_name = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        content = read_text(folder, f"{FOLDER}/{path.name}", faults)
        if content is None:
            continue
        file = File(path.stem, content)
        made = _read(file)
        faults += file.faults
        if made and not file.faults:
            by_name[made.name] = made
    return by_name


def _read(file: File) -> Format | None:
    if not NAME.fullmatch(file.name):
        file.fault("", "a format's file is named publisher-what.toml, in small letters")
    try:
        said = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        number = re.search(r"line (\d+)", str(error))
        line = number[1] if number else "1"
        file.faults.append(
            f"{FOLDER}/{file.name}.toml:{line}: the file is not readable as TOML ({error})"
        )
        return None
    top = file.keys("", said, (*KEYS, *OPTIONAL))
    for key, example in KEYS.items():
        if key not in top:
            file.fault(key, f"{key} is missing; write {example}")
    made = Format(
        name=file.name,
        title=file.text_of(top, "title"),
        source=file.text_of(top, "source"),
        shape=file.one_of(top, "shape", formats.SHAPES, "long"),
        level=file.one_of(top, "level", formats.LEVELS, "borough"),
        grain=file.one_of(top, "grain", formats.GRAINS, "month"),
        rows=file.one_of(top, "rows", formats.ROWS, "counts"),
        readings=_readings(file, top),
        offence=file.text_of(top, "offence"),
        words_of=file.text_of(top, "words_of"),
        optional=(*file.words(top, "optional"), formats.REFRESHED),
        stacked=file.words(top, "stacked"),
        apart=file.words(top, "apart"),
        spellings=_spellings(file, top.get("spellings", {})),
        lookup=_lookup(file, top.get("lookup")),
        first_month=_first_month(file, top.get("first_month")),
        digest=hashlib.sha256(file.text.encode()).hexdigest(),
    )
    if not file.faults:
        check(file, made)
    return made


def _readings(file: File, top: dict[str, Any]) -> tuple[Reading, ...]:
    shared = _reading(file, top)
    variants = top.get("variant", [])
    if not isinstance(variants, list):
        file.fault("variant", "variant is a list of tables: write [[variant]]")
        return (shared,)
    readings = []
    for said in variants:
        own = _reading(file, file.keys("variant", said, VARIANT))
        readings.append(
            Reading(
                value=own.value,
                columns=shared.columns | own.columns,
                words=own.words or shared.words,
                leave_out=(*shared.leave_out, *own.leave_out),
            )
        )
    return tuple(readings) or (shared,)


def _reading(file: File, said: dict[str, Any]) -> Reading:
    columns = said.get("columns", {})
    if not isinstance(columns, dict):
        columns = file.keys("columns", columns, ())
    for role in columns:
        if not WORD.fullmatch(role) or TAKEN.fullmatch(role) or role == formats.REFRESHED:
            file.fault(role, f"[columns] {role!r} can't be a role; write a word in small letters")
    return Reading(
        value=file.one_of(said, "value", formats.VALUES, "offences"),
        columns={role: file.words(columns, role, "[columns] ") for role in columns},
        words=_known(file, said),
        leave_out=_left_out(file, said.get("leave_out", [])),
    )


def _known(file: File, said: dict[str, Any]) -> Words | None:
    """The words of [values] or [known]."""
    if "values" in said:
        table = file.keys("values", said["values"], ("column", *formats.VALUES))
        means = {
            word.lower(): value
            for value in formats.VALUES
            for word in file.words(table, value, "[values] ")
        }
        if not means:
            file.fault("values", '[values] says which words mean offences: offences = ["…"]')
        return Words(file.text_of(table, "column", "[values] "), tuple(means), means)
    if "known" in said:
        table = file.keys("known", said["known"], ("column", "words"))
        words = tuple(word.lower() for word in file.words(table, "words", "[known] "))
        if not words:
            file.fault("known", '[known] lists the words of a column: words = ["yes", "no"]')
        return Words(file.text_of(table, "column", "[known] "), words)
    return None


def _left_out(file: File, said: Any) -> tuple[LeaveOut, ...]:
    if not isinstance(said, list):
        file.fault("leave_out", "leave_out is a list of tables: write [[leave_out]]")
        return ()
    rules = []
    for item in said:
        rule = file.keys("leave_out", item, ("rule", "why", "when"))
        name, why = file.text_of(rule, "rule"), file.text_of(rule, "why")
        when = rule.get("when", [])
        if not WORD.fullmatch(name) or not why or not isinstance(when, list) or not when:
            file.fault("leave_out", f"[[leave_out]] has a rule, a why and a when; write {RULE}")
            continue
        rules.append(LeaveOut(name, why, tuple(_condition(file, part) for part in when)))
    return tuple(rules)


def _condition(file: File, said: Any) -> Condition:
    part = file.keys("when", said, ("column", "is", "is_not", "blank"))
    column, tests = file.text_of(part, "column"), [key for key in part if key != "column"]
    if len(tests) != 1 or not column:
        file.fault("when", "when has a column and one of is, is_not and blank = true or false")
        return Condition(column, "blank")
    if tests == ["blank"]:
        if not isinstance(part["blank"], bool):
            file.fault("blank", "blank is true or false")
        return Condition(column, "blank" if part["blank"] else "filled")
    return Condition(column, tests[0], tuple(w.lower() for w in file.words(part, tests[0])))


def _spellings(file: File, said: Any) -> dict[str, dict[str, str]]:
    spellings = {}
    for role, table in file.keys("spellings", said, said if isinstance(said, dict) else ()).items():
        if not isinstance(table, dict) or not all(isinstance(x, str) for x in table.values()):
            file.fault(role, f'[spellings.{role}] has lines "as published" = "as it is meant"')
            continue
        spellings[role] = dict(table)
    return spellings


def _lookup(file: File, said: Any) -> Lookup | None:
    if said is None:
        return None
    table = file.keys("lookup", said, ("file", "by"))
    name, by = file.text_of(table, "file", "[lookup] "), file.words(table, "by", "[lookup] ")
    if not name or Path(name).name != name or not by:
        file.fault("lookup", '[lookup] has file = "areas_of_lsoa.csv" and by = ["a role"]')
    return Lookup(name, by)


def _first_month(file: File, said: Any) -> FirstMonth | None:
    if said is None:
        return None
    table = file.keys("first_month", said, ("below", "why"))
    below, why = table.get("below"), file.text_of(table, "why", "[first_month] ")
    if not isinstance(below, float) or not 0 < below < 1 or not why:
        file.fault("first_month", "[first_month] has below = 0.1, a share, and its why")
        return None
    return FirstMonth(below, why)
