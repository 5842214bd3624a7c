"""What the codes of a result's rows are called, so that every form of it says what the screen says.

A code of the catalogue, a measure, a fault: files have its name, and the code beside it in a column
of its own, by which rows are joined. A word of the program ('did_not') is only put in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from dashboard import queries
from dashboard.access.disclosure import Names
from dashboard.catalogue import Catalogue
from dashboard.decisions import fields
from dashboard.ingest.sidecars import Source
from dashboard.words import names as spoken
from dashboard.words import status
from dashboard.words.phrases import listed

UNITS = "unit_code unit ocu branch owner owner_unit lead_unit from_unit to_unit".split()
AREAS = ("borough", "area", "boroughs")
MEASURES = ("measure", "counted_by", "also_measures")
KINDS = ("review_kind", "visit_kind", "recommendation_feeds")
FEEDS = ("feeds", "most")
# The program's own words by column; what none of them has is said with spaces between its words.
WORDS: dict[str, Mapping[str, str]] = {
    "state": fields.STATES,
    "raised_from": fields.RAISED_FROM,
    "verdict": fields.VERDICTS,
    "status": {**status.REPORT, **{code: item.short for code, item in status.STANDING.items()}},
    "rule": status.ALERT_RULES,
}
OWN_WORDS = frozenset({*WORDS, "kind", "field", "tier", "family", "level", "cause", "chart"})
BETWEEN = re.compile(r"(\+|, )")  # codes of one cell
AS_KNOWN = " as known on "  # in the words of a source that is a file
FEW_FILES = 3  # of a kind, that are named each
PLAIN = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def names(catalogue: Catalogue, rows: pa.Table) -> dict[str, Names]:
    """By column, what its codes are called; of columns that hold any."""
    known = _known(catalogue)
    by_column = {}
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        if name not in known and name not in OWN_WORDS:
            continue
        held = _held(column)
        own = WORDS.get(name, {}) if name in OWN_WORDS else None
        said = {} if own is None else {code: _said(code, own) for code in held}
        named = {code: words for code in held if (words := _called(code, known.get(name, {})))}
        called = {code: words for code, words in (said | named).items() if words != code}
        by_column[name] = Names(called, beside=bool(named), spoken=name in UNITS)
    return {name: item for name, item in by_column.items() if item.called}


def in_words(catalogue: Catalogue, params: Mapping[str, Any]) -> dict[str, str]:
    """What a question was asked with, its codes by their names; a unit is called by its code."""
    known = _known(catalogue)
    return {
        key: (_called(value, known[key]) if key in known and key not in UNITS else "") or str(value)
        for key, value in params.items()
    }


def files(sources: Iterable[Source]) -> list[str]:
    """The source files of a snapshot in words; many of a kind are counted, with the days on which
    the first and the last of them was known."""
    kinds: dict[str, dict[str, str]] = {}
    for source in sources:
        kinds.setdefault(source["kind"], {})[source["file"]] = source["vintage"]
    file_words = []
    for kind in sorted(kinds):
        held = kinds[kind]
        if len(held) <= FEW_FILES:
            file_words += [f"{file}{AS_KNOWN}{held[file]}" for file in sorted(held)]
        else:
            days = min(held.values()), max(held.values())
            file_words.append(f"{kind}: {len(held)} files{AS_KNOWN}{days[0]} to {days[1]}")
    return file_words


def _known(catalogue: Catalogue) -> dict[str, Mapping[str, str]]:
    """Code and name by the columns that hold the code."""
    units = {code: unit.name for code, unit in catalogue.units.items()}
    areas = {code: spoken.area(catalogue, code) for code in catalogue.areas}
    measures = {code: item.name for code, item in queries.measures().items()}
    feeds = catalogue.values.get("recommendation_feeds", {})
    return {
        **catalogue.values,
        **dict.fromkeys(UNITS, units),
        **dict.fromkeys(AREAS, areas),
        **dict.fromkeys(MEASURES, measures),
        **dict.fromkeys(FEEDS, feeds),
        "offence": {code: item.name for code, item in catalogue.offences.items()},
        "fault": {code: item.name for code, item in queries.fault_rules().items()},
        "kind": {
            code: words for name in KINDS for code, words in catalogue.values.get(name, {}).items()
        },
    }


def _held(column: pa.ChunkedArray) -> list[str]:
    """The words in a column of text, or of lists of it, each once."""
    if pa.types.is_list(column.type) and pa.types.is_string(column.type.value_type):
        return list({item for items in column.to_pylist() for item in items or ()} - {None, ""})
    return [code for code in column.unique().to_pylist() if code] if _is_text(column.type) else []


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _called(code: str, known: Mapping[str, str]) -> str:
    """The name of a code, or the names of several in one cell; '' where one of them has none."""
    parts = BETWEEN.split(str(code))[::2]
    return listed([known[part] for part in parts]) if all(part in known for part in parts) else ""


def _said(code: str, words: Mapping[str, str]) -> str:
    return words.get(code) or (code.replace("_", " ") if PLAIN.fullmatch(code) else code)
