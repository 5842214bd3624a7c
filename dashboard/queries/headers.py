"""What the headers of measures and of fault rules say, as records.

A header in which anything is wrong gives none: `checking` says all that is, here it stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dashboard.catalogue import Directorate, ours
from dashboard.errors import ContentError
from dashboard.queries import counting, fault_sql, keys
from dashboard.queries.files import Query, find, place_of, read


@dataclass(frozen=True)
class Measure:
    """What one file of queries/measures says of itself.

    parts  of a rate: what both its parts are counted in (n, gbp, hours)
    fact   the facts that it counts, with blanks between them (counting.FACTS)
    query  its select: that of its file, or the one that its header means
    """

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
    fact: str
    why: str
    review_on: str
    alert: bool
    published: tuple[str, ...]
    settles: int
    order: int
    parts: str
    query: Query = field(repr=False)

    @property
    def is_rate(self) -> bool:
        return self.unit == "percent"

    @property
    def sources(self) -> tuple[str, ...]:
        """The kinds of source that its facts come of; a fault is found in a crime report."""
        return tuple(counting.CRIMES if f == counting.FAULTS else f for f in self.fact.split())

    @property
    def only_published(self) -> bool:
        """Whether published files have it and no unit records it: a return of it may be sent, and
        none is missed."""
        return self.fact == counting.RETURNS and bool(self.published)

    @property
    def of_detections(self) -> bool:
        """Whether it is a rate of what was detected in the period, by the day of detection."""
        return self.query.header.get("numerator_on") == "detected_on"


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
    that it uses, and those of its own catalogue. An owner that is a role is the role's unit.

    raises  ContentError for a header that is at fault
    """
    return measures_of(ours())


def alerted() -> dict[str, tuple[str, ...]]:
    """The measures that the alert list tests, in the order of the plan, with the published
    offences that each counts."""
    return {name: item.published for name, item in measures().items() if item.alert}


def measure_files(directorate: Directorate) -> list[Query]:
    """The files of a directorate's measures, packaged ones first."""
    packaged = [query for name, query in find("measures").items() if directorate.uses(name)]
    return [*packaged, *(read(path) for path in directorate.own_measures)]


@lru_cache(maxsize=64)
def measures_of(directorate: Directorate) -> dict[str, Measure]:
    """The measures of one directorate, as `measures` has them."""
    defined = [_measure(named(query, directorate)) for query in measure_files(directorate)]
    return {item.id: item for item in sorted(defined, key=lambda item: (item.order, item.id))}


def named(query: Query, directorate: Directorate) -> Query:
    """The query with its header's owner as a unit, and {force}, {directorate} as their codes."""
    codes = {"{force}": directorate.force, "{directorate}": directorate.directorate}
    head = dict(query.header)
    for key, words in head.items():
        for name, code in codes.items():
            words = words.replace(name, code)
        head[key] = directorate.unit_of(words) if key == "owner" else words
    return replace(query, header=head)


def _measure(query: Query) -> Measure:
    head = _sound("measures", query)
    return Measure(
        **{key: head[key] for key in keys.KINDS_KEYS["measures"].needed if key != "measure"},
        id=head["measure"],
        alert="alert" in head,
        published=tuple(head.get("published", "").split()),
        settles=int(head.get("settles", "28")),
        order=int(head.get("order", "999")),
        parts=head.get("parts", "n"),
        query=selecting(query, counting.observation),
    )


def fault_rules() -> dict[str, FaultRule]:
    """All fault rules by the fault that they find, in the order of their names.

    raises  ContentError for a header that is at fault
    """
    return fault_rules_of(ours())


@lru_cache(maxsize=64)
def fault_rules_of(directorate: Directorate) -> dict[str, FaultRule]:
    """The fault rules, each owned by a unit of the directorate."""
    rules = [_fault_rule(named(query, directorate)) for query in find("faults").values()]
    return {rule.fault: rule for rule in rules}


def _fault_rule(query: Query) -> FaultRule:
    head = _sound("faults", query)
    return FaultRule(
        **{key: head[key] for key in keys.KINDS_KEYS["faults"].needed if key != "after_days"},
        after_days=int(head["after_days"]),
        within_days=int(head.get("within_days", "0")),
        query=selecting(query, fault_sql.open_at),
    )


def selecting(query: Query, made: Callable[[dict[str, str]], str]) -> Query:
    """The query with its select: its own, else the one that `made` makes of its header."""
    return query if query.selects else replace(query, sql=made(query.header))


def faults_of_header(kind: str, query: Query) -> list[str]:
    """What is wrong with a header, one sentence each with its file; [] where nothing is."""
    head = query.header
    said = [f"the header says {key!r} twice: write it once" for key in query.twice]
    said += keys.faults(kind, head)
    named = {"measures": "measure", "faults": "fault"}.get(kind)
    if named and head.get(named, query.path.stem) != query.path.stem:
        said.append(f"the {named} is named as its file, {query.path.stem}; got: {head[named]!r}")
    if not query.selects and not said:
        made_of = counting.lacking(head) if kind == "measures" else fault_sql.lacking(head)
        said += [f"without a select below it the header needs {key!r}" for key in made_of]
    return [f"{place_of(query.path)}: {words}" for words in said]


def _sound(kind: str, query: Query) -> dict[str, str]:
    if wrong := faults_of_header(kind, query):
        raise ContentError("; ".join(wrong))
    return query.header
