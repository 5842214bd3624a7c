"""What the headers of measures and of fault rules say, as records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from dashboard.catalogue import Directorate, ours
from dashboard.errors import ContentError
from dashboard.queries.files import Query, find, place_of, read

MEASURE_KEYS = (
    "measure",
    "name",
    "question",
    "owner",
    "scope",
    "unit",
    "better",
    "aggregate",
    "grain",
    "basis",
    "why",
    "review_on",
)
FAULT_KEYS = ("fault", "name", "question", "owner", "of", "after_days", "why", "returns")
# Which reports a fault rule looks at: what its share is a share of.
POPULATIONS = ("reports", "undetected", "detected", "no_crimed", "persons")
FAULT_PARAMETERS = {"as_at", "after_days", "within_days"}


@dataclass(frozen=True)
class Measure:
    """What one file of queries/measures says of itself."""

    id: str
    name: str
    question: str
    owner: str
    scope: str
    unit: str
    better: str
    aggregate: str
    grain: str
    basis: str
    why: str
    review_on: str
    alert: bool
    published: tuple[str, ...]
    settles: int
    order: int
    query: Query = field(repr=False)

    @property
    def is_rate(self) -> bool:
        return self.unit == "percent"


@dataclass(frozen=True)
class FaultRule:
    """What one file of queries/faults says of itself; `of` names the reports it looks at."""

    fault: str
    name: str
    question: str
    owner: str
    of: str
    why: str
    after_days: int
    within_days: int
    query: Query = field(repr=False)


def measures() -> dict[str, Measure]:
    """The measures of the directorate in force by id, in the order of the plan: the packaged ones
    that it uses, and those of its own catalogue. An owner that is a role is the role's unit."""
    return _measures(ours())


def measure_files(directorate: Directorate) -> list[Query]:
    """The files of a directorate's measures, packaged ones first."""
    packaged = [query for name, query in find("measures").items() if directorate.uses(name)]
    return [*packaged, *(read(path) for path in directorate.own_measures)]


@lru_cache(maxsize=64)
def _measures(directorate: Directorate) -> dict[str, Measure]:
    found = [_measure(_named(query, directorate)) for query in measure_files(directorate)]
    return {item.id: item for item in sorted(found, key=lambda item: (item.order, item.id))}


def _named(query: Query, directorate: Directorate) -> Query:
    """The query with its header's owner as a unit, and {force}, {directorate} as their codes."""
    codes = {"{force}": directorate.force, "{directorate}": directorate.directorate}
    head = dict(query.header)
    for key, words in head.items():
        for name, code in codes.items():
            words = words.replace(name, code)
        head[key] = directorate.unit_of(words) if key == "owner" else words
    return replace(query, header=head)


def _measure(query: Query) -> Measure:
    head = query.header
    missing = [key for key in MEASURE_KEYS if key not in head]
    if missing:
        raise ContentError(f"{place_of(query.path)}: the header lacks {', '.join(missing)}")
    return Measure(
        **{key: head[key] for key in MEASURE_KEYS if key != "measure"},
        id=head["measure"],
        alert=head.get("alert", "") == "rise",
        published=tuple(head.get("published", "").split()),
        settles=int(head.get("settles", "28")),
        order=int(head.get("order", "999")),
        query=query,
    )


def fault_rules() -> dict[str, FaultRule]:
    """All fault rules by the fault that they find, in the order of their names.

    raises  ContentError for a header that lacks a key or whose days are no number.
    """
    return _fault_rules(ours())


@lru_cache(maxsize=64)
def _fault_rules(directorate: Directorate) -> dict[str, FaultRule]:
    found = [_fault_rule(_named(query, directorate)) for query in find("faults").values()]
    return {rule.fault: rule for rule in found}


def _fault_rule(query: Query) -> FaultRule:
    if wrong := faults_of_rule(query):
        raise ContentError("; ".join(wrong))
    head = query.header
    return FaultRule(
        **{key: head[key] for key in FAULT_KEYS if key not in ("after_days", "returns")},
        after_days=int(head["after_days"]),
        within_days=int(head.get("within_days", "0")),
        query=query,
    )


def faults_of_rule(query: Query) -> list[str]:
    """What is wrong with the header of a fault rule, one sentence each."""
    place, head = place_of(query.path), query.header
    found = [f"{place}: the header lacks {key!r}" for key in FAULT_KEYS if key not in head]
    if head.get("fault", query.path.stem) != query.path.stem:
        found.append(f"{place}: the fault is named as its file; got: {head['fault']!r}")
    if head.get("of", "reports") not in POPULATIONS:
        found.append(f"{place}: of is one of {', '.join(POPULATIONS)}; got: {head['of']!r}")
    found += [
        f"{place}: {key} is a whole number of days; got: {head[key]!r}"
        for key in ("after_days", "within_days")
        if key in head and not head[key].isdecimal()
    ]
    return found + [
        f"{place}: a fault rule takes no parameter ${name}"
        for name in sorted(set(query.parameters) - FAULT_PARAMETERS)
    ]
