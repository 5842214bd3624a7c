"""Check the SQL of queries/**.sql: each header against its select, both ways."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb

from dashboard.catalogue import ours
from dashboard.errors import ContentError
from dashboard.queries.files import KINDS, PARAMETER, paths, place_of, read
from dashboard.queries.headers import MEASURE_KEYS, faults_of_rule

REPORT_KEYS = ("question", "grain", "params", "returns", "source")
ALLOWED = {
    "scope": ("force", "directorate", "ocu"),
    "unit": ("n", "percent", "gbp", "hours"),
    "better": ("lower", "higher", "neutral"),
    "aggregate": ("sum", "last"),
    "grain": ("day", "week", "month", "quarter"),
}


# A macro is a definition, no select of its own.
SELECTS = tuple(kind for kind in KINDS if kind != "macros")


def faults(kinds: tuple[str, ...] = SELECTS) -> list[str]:
    """Every fault in queries/ and in the measures of the directorate in force, one sentence each
    with its file: headers, parameters, values."""
    said: list[str] = []
    if "measures" in kinds:
        said += [fault for path in ours().own_measures for fault in _faults_of(path, "measures")]
    for kind in kinds:
        names = Counter(path.stem for path in paths(kind))
        for path in paths(kind):
            said += _faults_of(path, kind)
            if names[path.stem] > 1:
                said.append(f"{place_of(path)}: the name stands {names[path.stem]} times in {kind}")
    return said


def _faults_of(path: Path, kind: str) -> list[str]:
    try:
        query = read(path)
    except ContentError as error:
        return [str(error)]
    place, head, found = place_of(path), query.header, []
    keys = {"reports": REPORT_KEYS, "across": REPORT_KEYS, "measures": MEASURE_KEYS}.get(
        kind, ("question",)
    )
    found += [f"{place}: the header lacks {key!r}" for key in keys if key not in head]
    try:
        statements = duckdb.extract_statements(query.sql)
    except duckdb.Error as error:
        return [*found, f"{place}: not SQL: {str(error).splitlines()[0]}"]
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return [*found, f"{place}: a query file holds one select; got: {len(statements)}"]
    used = set(statements[0].named_parameters)
    if kind in ("reports", "across"):
        declared = set(PARAMETER.findall(head.get("params", "")))
        found += [f"{place}: ${name} is declared but not used" for name in declared - used]
        found += [f"{place}: ${name} is used but not declared" for name in used - declared]
    if kind == "faults":
        found += faults_of_rule(query)
    if kind == "measures":
        if head.get("measure") != path.stem:
            found.append(f"{place}: the measure is named as its file; got: {head.get('measure')!r}")
        for key, allowed in ALLOWED.items():
            if head.get(key) not in allowed:
                found.append(
                    f"{place}: {key} is one of {', '.join(allowed)}; got: {head.get(key)!r}"
                )
    return found
