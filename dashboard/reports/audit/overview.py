"""What the audit says of a period: whether it is whole, what was done, and what is unusual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import TypeAlias, TypedDict

from dashboard.access import Disclosed
from dashboard.access.audit import Audit, Kind
from dashboard.access.audit_reading import Chosen, Onlooker, by_day, by_person
from dashboard.reports.audit.asking import Asked
from dashboard.rows import table
from dashboard.words import phrases

# House settings: a person stands out with as many record views, and as many times the others'.
MANY_VIEWS = 20
TIMES_OTHERS = 3
OTHERS = 2  # who must have looked besides, for there to be a usual number
MANY_REFUSALS = 5
SAID = {  # kind: one of them, several
    Kind.record_view: ("record view", "record views"),
    Kind.export: ("export", "exports"),
    Kind.statement: ("own SQL statement", "own SQL statements"),
    Kind.refusal: ("refusal", "refusals"),
}
# What the picture tells apart; kinds that stand nowhere else are the rest.
GROUPS = {
    "Records looked at": (Kind.record_view,),
    "Exports and own SQL": (Kind.export, Kind.statement),
    "Refusals": (Kind.refusal,),
}
REST = "All else"
State: TypeAlias = tuple[tuple[int, int], ...]


class Day(TypedDict):
    """How many lines of a kind a day has; `place` of its group in the picture."""

    day: date
    kind: str
    group: str
    place: int
    n: int


def overview(asked: Asked) -> Disclosed:
    """The lines that were chosen by day and kind.

    The title is the strongest thing that the period's lines say, the notes the rest of it.
    """
    faults = faults_of(asked.audit)
    unusual = _unusual(asked)
    counted = _counted(asked)
    whole = f"the chain is whole up to line {asked.audit.head()[0]:,}"
    said = [f"The audit is not whole: {faults[0]}"] if faults else []
    said += unusual
    said += [f"{phrases.sentence(counted)}; {whole}" if not faults else phrases.sentence(counted)]
    return Disclosed(
        table(Day, _days(asked)),
        said[0],
        asked.period.words,
        (*said[1:], *faults[1:]),
        asked.stamp(),
    )


def _counted(asked: Asked) -> str:
    """'12 record views, 3 exports and 1 refusal'."""
    counts = dict.fromkeys(Kind, 0)
    for (_, kind), n in by_day(asked.audit, asked.whole).items():
        counts[kind] += n
    words = [
        f"{counts[kind]:,} {one if counts[kind] == 1 else several}"
        for kind, (one, several) in SAID.items()
    ]
    return phrases.listed(words)


def _days(asked: Asked) -> list[Day]:
    group = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    places = {name: place for place, name in enumerate([*GROUPS, REST])}
    return [
        {"day": day, "kind": kind.value, "group": name, "place": places[name], "n": n}
        for (day, kind), n in sorted(by_day(asked.audit, asked.chosen).items())
        for name in [group.get(kind, REST)]
    ]


def _unusual(asked: Asked) -> list[str]:
    """Who looked at records far more often than others, and who was often refused."""
    sentences = []
    looked = by_person(asked.audit, _of(asked, Kind.record_view))
    for one in sorted(looked, key=lambda item: -item.lines):
        others = [item.lines for item in looked if item is not one]
        if len(others) >= OTHERS and one.lines >= MANY_VIEWS:
            usual = median(others)
            if one.lines > TIMES_OTHERS * usual:
                sentences.append(
                    f"{_name(one)} looked at records {one.lines:,} times ({one.rows:,} records);"
                    f" of {len(others)} others half did so {usual:,.0f} times or less"
                )
    refused = by_person(asked.audit, _of(asked, Kind.refusal))
    sentences += [
        f"{_name(one)} was refused {one.lines:,} times"
        for one in refused
        if one.lines >= MANY_REFUSALS
    ]
    return sentences


def _of(asked: Asked, kind: Kind) -> Chosen:
    return replace(asked.whole, kinds=(kind,))


def _name(one: Onlooker) -> str:
    return one.who or "Somebody whose reference is erased"


def faults_of(audit: Audit) -> tuple[str, ...]:
    """What is wrong with the whole audit by its own chain; read again whenever its file changes."""
    return _faults(audit, audit.head(), _state(audit.file))


@lru_cache(maxsize=4)
def _faults(audit: Audit, _head: tuple[int, str], _state: State) -> tuple[str, ...]:
    return tuple(audit.faults({}))


def _state(file: Path) -> State:
    """Size and time of the database's files: whoever edits it changes them."""
    files = [file, file.with_name(f"{file.name}-wal")]
    stats = [path.stat() for path in files if path.exists()]
    return tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)
