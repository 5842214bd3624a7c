"""What is wrong between the rows and files of a catalogue, each fault with file and line.

A check takes the rows of every table and yields sentences. It never stops at the first:
an analyst who edits ten rows wants ten answers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator

from dashboard.catalogue import tiles
from dashboard.catalogue.directorate import Directorate
from dashboard.catalogue.lines import (
    Tables,
    at,
    by,
    defined,
    grouped,
    place,
    spelling,
    value_defined,
)
from dashboard.catalogue.plans import meeting_faults, plan_faults
from dashboard.catalogue.populations import faults as population_faults
from dashboard.catalogue.reading import Line
from dashboard.catalogue.records import Alias, Unit
from dashboard.catalogue.schema import LEVELS

# What may stand only once in a file.
KEYS: dict[str, tuple[str, ...]] = {
    "organisation": ("code",),
    "roles_of_units": ("role",),
    "boroughs": ("code",),
    "populations": ("area", "year"),
    "offences": ("code",),
    "values": ("field", "code"),
    "profiles": ("measure", "unit_code", "month"),
    "meetings": ("kind", "grid_date"),
    "sources": ("subject", "publisher", "since"),
    "priorities": ("code", "since"),
    "overtime_rates": ("category", "since"),
    "breaks": ("measure", "area", "unit", "on"),
}
# Where the program puts what a source gives no borough, or an unknown one.
NEEDED_AREAS = ("unknown", "none")


def cross_faults(
    tables: Tables, directorate: Directorate | None, measures: Collection[str] | None = None
) -> list[str]:
    """Every fault between rows.

    directorate  whose meetings have a grid; None where its file can't be read
    measures     where given, the ids that queries define
    """
    faults = [
        *duplicates(tables),
        *unit_faults(tables),
        *area_faults(tables),
        *adjacency_faults(tables),
        *alias_faults(tables),
        *reference_faults(tables),
        *plan_faults(tables),
        *(meeting_faults(tables, directorate) if directorate else ()),
        *population_faults(
            [(at("populations", line), line.record) for line in tables["populations"].good],
            {line.record.code: line.record for line in tables["boroughs"].good},
        ),
    ]
    if measures is not None:
        faults += measure_faults(tables, measures)
    return sorted(faults, key=place)


def duplicates(tables: Tables) -> Iterator[str]:
    for table, key in KEYS.items():
        for same in grouped(tables[table].good, by(*key)).values():
            for line in same[1:]:
                words = ", ".join(f"{name} {getattr(line.record, name)}" for name in key)
                yield f"{at(table, line)}: {words} stands already on line {same[0].number}"


def unit_faults(tables: Tables) -> Iterator[str]:
    units = {line.record.code: line.record for line in tables["organisation"].good}
    for line in tables["organisation"].good:
        unit, where = line.record, at("organisation", line)
        if unit.level == "force":
            if unit.parent:
                yield f"{where}: the force has no parent; got: {unit.parent!r}"
        elif unit.parent not in units:
            if defined(tables, "organisation", unit.parent):
                continue
            yield f"{where}: the parent of {unit.code} is no unit; got: {unit.parent!r}"
        elif in_cycle(unit.code, units):
            yield f"{where}: {unit.code} is its own ancestor"
        elif LEVELS.index(units[unit.parent].level) != LEVELS.index(unit.level) - 1:
            above = units[unit.parent].level
            yield f"{where}: {unit.code} is of level {unit.level}, its parent of level {above}"
    tops = [line for line in tables["organisation"].good if line.record.level == "force"]
    if not tops and tables["organisation"].readable:
        yield "organisation.csv:1: there is one unit of level force; got: none"
    for line in tops[1:]:
        yield f"{at('organisation', line)}: there is one force; got also: {line.record.code}"


def in_cycle(code: str, units: dict[str, Unit]) -> bool:
    """Whether going up from `code` comes back to it."""
    seen, above = {code}, units[code].parent
    while above in units:
        if above == code:
            return True
        if above in seen:
            return False
        seen.add(above)
        above = units[above].parent
    return False


def area_faults(tables: Tables) -> Iterator[str]:
    areas = tables["boroughs"].good
    for column in ("name", "short"):
        for same in grouped(areas, by(column)).values():
            for line in same[1:]:
                if text := getattr(line.record, column):
                    yield (
                        f"{at('boroughs', line)}: {column} {text!r} stands already on line "
                        f"{same[0].number}"
                    )
    for same in grouped(areas, by("grid_x", "grid_y")).values():
        for line in same[1:]:
            if line.record.grid_x is not None:
                yield f"{at('boroughs', line)}: the tile is taken by line {same[0].number}"
    boroughs = [line.record for line in areas if line.record.kind == "borough"]
    laid_out = any(area.grid_x is not None for area in boroughs)
    if not laid_out and len(boroughs) > tiles.MOST:
        yield (
            f"boroughs.csv:1: a map is made for at most {tiles.MOST} areas; write grid_x and "
            f"grid_y for these {len(boroughs)}"
        )
    for line in areas:
        area, where = line.record, at("boroughs", line)
        if (area.grid_x is None) != (area.grid_y is None):
            yield f"{where}: grid_x and grid_y are both given or both blank"
        elif area.kind == "borough" and area.grid_x is None and laid_out:
            yield f"{where}: a borough has a tile in grid_x and grid_y, or none of them has"
        if area.kind == "borough" and not area.population:
            yield f"{where}: a borough has a population"
    for code in NEEDED_AREAS:
        if not defined(tables, "boroughs", code):
            yield f"boroughs.csv:1: the area {code!r} is needed, for what has no borough"


def adjacency_faults(tables: Tables) -> Iterator[str]:
    for same in grouped(
        tables["adjacency"].good, lambda line: frozenset((line.record.a, line.record.b))
    ).values():
        for line in same[1:]:
            yield (
                f"{at('adjacency', line)}: a pair stands once, in either order; "
                f"{line.record.a} and {line.record.b} stand already on line {same[0].number}"
            )
    for line in tables["adjacency"].good:
        pair, where = line.record, at("adjacency", line)
        if pair.a == pair.b:
            yield f"{where}: an area does not touch itself; got: {pair.a!r} twice"
        for code in sorted({pair.a, pair.b}):
            if not defined(tables, "boroughs", code):
                yield f"{where}: {code!r} is no area in boroughs.csv"


def alias_faults(tables: Tables) -> Iterator[str]:
    named = {spelling(line.record.name): line.record.code for line in tables["boroughs"].good}
    for line in tables["aliases"].good:
        alias, where = line.record, at("aliases", line)
        if not alias_defined(tables, alias):
            yield f"{where}: {alias.code!r} is no known {alias.kind}"
        if alias.kind != "area" and not alias.published:
            yield f"{where}: published is needed; only an area may be blank in a source"
        taken = named.get(spelling(alias.published)) if alias.kind == "area" else None
        if taken not in (None, alias.code):
            yield f"{where}: {alias.published!r} is the name of {taken}; got: {alias.code!r}"
    for same in grouped(tables["aliases"].good, alias_key).values():
        first = same[0]
        for line in same[1:]:
            how = "again" if line.record.code == first.record.code else "for another code"
            yield (
                f"{at('aliases', line)}: {line.record.published!r} stands {how}; "
                f"line {first.number} has it as {first.record.code}"
            )


def alias_defined(tables: Tables, alias: Alias) -> bool:
    if alias.kind == "value":
        name, _, code = alias.code.partition(".")
        return value_defined(tables, name, code)
    return defined(tables, {"area": "boroughs", "offence": "offences"}[alias.kind], alias.code)


def alias_key(line: Line) -> Hashable:
    alias = line.record
    field = alias.code.partition(".")[0] if alias.kind == "value" else ""
    return alias.kind, alias.source, spelling(alias.published), field


def reference_faults(tables: Tables) -> Iterator[str]:
    """Units, areas and overtime categories that another file names and none defines."""
    for table, column in (
        ("roles_of_units", "unit"),
        ("offences", "default_ocu"),
        ("targets", "unit_code"),
        ("profiles", "unit_code"),
        ("breaks", "unit"),
    ):
        for line in tables[table].good:
            code = getattr(line.record, column)
            if code and not defined(tables, "organisation", code):
                yield f"{at(table, line)}: {column} is a unit of organisation.csv; got: {code!r}"
    for line in tables["breaks"].good:
        area = line.record.area
        if area and not defined(tables, "boroughs", area):
            yield f"{at('breaks', line)}: area is an area of boroughs.csv; got: {area!r}"
    for line in tables["offences"].good:
        if line.record.harm_weight is not None and not line.record.harm_source:
            yield f"{at('offences', line)}: a harm_weight has its harm_source"


def measure_faults(tables: Tables, measures: Collection[str]) -> Iterator[str]:
    """Measures that targets and their like name and no query defines."""
    for table, column in (("targets", "measure"), ("profiles", "measure")):
        for line in tables[table].good:
            name = getattr(line.record, column)
            if name not in measures:
                yield f"{at(table, line)}: {column} is a known measure; got: {name!r}"
    for table, column in (("breaks", "measure"), ("sources", "subject")):
        for line in tables[table].good:
            name = getattr(line.record, column)
            if name and name not in measures and not defined(tables, "offences", name):
                yield f"{at(table, line)}: {column} is a known measure or offence; got: {name!r}"
    for line in tables["priorities"].good:
        for name in line.record.measures:
            if name not in measures:
                yield f"{at('priorities', line)}: measures are known measures; got: {name!r}"
