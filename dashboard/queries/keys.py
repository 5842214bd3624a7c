"""Which keys the header of each kind of query has, and what may stand under them.

Every key is known: one that is misspelt would be a rule that silently does not hold.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.queries import counting, fault_sql

NUMBER = "a whole number"
DAY = "a day (YYYY-MM-DD)"
SHAPES = {NUMBER: re.compile(r"\d+"), DAY: re.compile(r"\d{4}-\d{2}-\d{2}")}


@dataclass(frozen=True)
class Keys:
    """The keys that a kind of query must have, those it may have, and the values of some."""

    needed: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)


REPORT = Keys(("question", "grain", "params", "returns", "source"), ("people",))
KINDS_KEYS: dict[str, Keys] = {
    "reports": REPORT,
    "across": REPORT,
    "measures": Keys(
        (
            "measure", "name", "question", "owner", "scope", "unit", "better", "aggregate",
            "grain", "basis", "fact", "why", "review_on",
        ),
        (
            "records", "no_crimes", "numerator", "numerator_on", "share",
            "alert", "published", "settles", "order", "parts",
        ),
        values={
            "parts": ("n", "gbp", "hours"),
            "scope": ("force", "directorate", "ocu"),
            "unit": ("n", "percent", "gbp", "hours"),
            "better": ("lower", "higher", "neutral"),
            "aggregate": ("sum", "last"),
            "grain": ("day", "week", "month", "quarter"),
            "alert": ("rise",),
            "no_crimes": (counting.OUT, counting.IN),
            "share": ("directorate",),
        },
        shapes={"settles": NUMBER, "order": NUMBER, "review_on": DAY},
    ),
    "faults": Keys(
        ("fault", "name", "question", "owner", "of", "after_days", "why"),
        ("records", "opened", "closed", "within_days"),
        values={"of": tuple(fault_sql.POPULATIONS)},
        shapes={"after_days": NUMBER, "within_days": NUMBER},
    ),
    "macros": Keys(("question",), ("grain", "params", "returns", "source")),
    "marts": Keys(("question", "facts", "grain", "params", "returns")),
    "series": Keys(("question", "grain", "params", "returns")),
    "publish": Keys(("question", "grain", "params", "returns"), ("source",)),
}  # fmt: skip


def faults(kind: str, head: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the keys of a header, one clause each, with what to write instead."""
    keys = KINDS_KEYS[kind]
    known = (*keys.needed, *keys.allowed)
    for key in keys.needed:
        if not head.get(key):
            yield f"the header lacks {key!r}: write `-- {key}: …`{_choice(keys, key)}"
    for key in head:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"keys are {', '.join(known)}"
            yield f"the header has no key {key!r}: {meant}"
    for key, values in keys.values.items():
        if head.get(key) and head[key] not in values:
            yield f"{key} is one of {', '.join(values)}; got: {head[key]!r}"
    for key, shape in keys.shapes.items():
        if head.get(key) and not _shaped(head[key], shape):
            yield f"{key} is {shape}; got: {head[key]!r}"


def _choice(keys: Keys, key: str) -> str:
    return f", one of {', '.join(keys.values[key])}" if key in keys.values else ""


def _shaped(value: str, shape: str) -> bool:
    if not SHAPES[shape].fullmatch(value):
        return False
    try:
        return shape != DAY or bool(date.fromisoformat(value))
    except ValueError:
        return False
