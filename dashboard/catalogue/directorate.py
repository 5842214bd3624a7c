"""directorate.toml: whose dashboard this is, what it is called, and when it meets.

No other file of the program names an organisation: titles, pages, SQL and the grid of meetings
take what stands here. The directorate of the snapshot that was opened last is in force (`ours`).
"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard import periods
from dashboard.catalogue.cells import Convert, code, needed
from dashboard.catalogue.lines import Tables
from dashboard.errors import ContentError
from dashboard.periods import WINDOWS, Calendar

FILE = "directorate.toml"
MEASURES = "measures"  # folder of a catalogue that holds measures of its own
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR_STARTS = ("01-01", "04-01", "07-01", "10-01")  # so that its quarters are those of returns
MOST_CUT_OFF = 13


@dataclass(frozen=True)
class Directorate:
    """What directorate.toml says.

    force, directorate  codes of organisation.csv
    whole_area, area_word  what all areas together, and one of them, are called
    marking, sample_marking  of pages and papers; of those of the synthetic sample
    proper_names     words of measures' names that keep their capital inside a sentence
    population_year  of the column population in boroughs.csv
    calendar         planning year and grid of meetings
    measures         ids of the packaged measures that it uses; None for all
    roles            (role, unit) of roles_of_units.csv, force and directorate among them
    own_measures     the files of the catalogue's own folder measures/
    formats          names of the packaged formats that it reads; None for all
    """

    force: str
    directorate: str
    brand: str
    whole_area: str
    area_word: str
    marking: str
    sample_marking: str
    currency: str
    population_year: int
    calendar: Calendar
    measures: tuple[str, ...] | None = None
    roles: tuple[tuple[str, str], ...] = ()
    own_measures: tuple[Path, ...] = ()
    formats: tuple[str, ...] | None = None
    proper_names: tuple[str, ...] = ()

    def unit_of(self, owner: str) -> str:
        """The unit that an owner is: a role's, else the code itself."""
        return dict(self.roles).get(owner, owner)

    def uses(self, measure: str) -> bool:
        """Whether a packaged measure is one of its own."""
        return self.measures is None or measure in self.measures

    def uses_format(self, name: str) -> bool:
        """Whether a packaged format is one that it reads."""
        return self.formats is None or name in self.formats


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise ValueError("is a text in quotes")
    return needed(cell.strip())


def _code(cell: Any) -> str:
    return code(_text(cell))


def _codes(cell: Any) -> tuple[str, ...]:
    if not isinstance(cell, list) or not all(isinstance(item, str) for item in cell):
        raise ValueError("is a list of names in quotes")
    return tuple(_code(item) for item in cell)


def _texts(cell: Any) -> tuple[str, ...]:
    if not isinstance(cell, list):
        raise ValueError("is a list of texts in quotes")
    return tuple(_text(item) for item in cell)


def _day(cell: Any) -> date:
    if type(cell) is not date:
        raise ValueError("is a day written YYYY-MM-DD without quotes")
    return cell


def _whole(low: int, high: int) -> Convert:
    def read(cell: Any) -> int:
        if type(cell) is not int or not low <= cell <= high:
            raise ValueError(f"is a whole number from {low} to {high}")
        return cell

    return read


def _one_of(*allowed: Any) -> Convert:
    def read(cell: Any) -> Any:
        if type(cell) is not type(allowed[0]) or cell not in allowed:
            raise ValueError(f"is one of {', '.join(map(str, allowed))}")
        return cell

    return read


# How each key is read, and an example for whoever lacks it.
KEYS: dict[str, tuple[Convert, str]] = {
    "force": (_code, '"FORCE"'),
    "directorate": (_code, '"DIRECTORATE"'),
    "brand": (_text, '"Crime Performance"'),
    "whole_area": (_text, '"the region"'),
    "area_word": (_text, '"district"'),
    "planning_year_start": (_one_of(*YEAR_STARTS), '"04-01"'),
    "marking": (_text, '"OFFICIAL-SENSITIVE"'),
    "currency": (_text, '"£"'),
    "population_year": (_whole(1801, 2100), "2024"),
}
MEETING: dict[str, tuple[Convert, str]] = {
    "weekday": (_one_of(*WEEKDAYS), '"Thursday"'),
    "every_weeks": (_one_of(*WINDOWS), "1"),
    "anchor": (_day, "2024-01-04"),
    "cut_off": (_whole(0, MOST_CUT_OFF), "3"),
}
OPTIONAL: dict[str, tuple[Convert, str]] = {
    "measures": (_codes, '["homicides", "shootings"]'),
    "formats": (_codes, '["police-uk-street"]'),
    "sample_marking": (_text, '"OFFICIAL-SENSITIVE"'),
    "proper_names": (_texts, '["Operation Ash"]'),
}


def read(content: str, faults: list[str]) -> Directorate | None:
    """The directorate of a file's text; None with every fault said, each with its line."""
    try:
        said = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{FILE}:{_error_line(error)}: the file is not readable as TOML ({error})")
        return None
    before = len(faults)
    meeting = said.pop("meeting", {})
    if not isinstance(meeting, dict):
        faults.append(f"{FILE}:{_line(content, 'meeting')}: meeting is a table: write [meeting]")
        return None
    settings = _keys(content, said, KEYS, OPTIONAL, "", faults)
    held = _keys(content, meeting, MEETING, {}, "[meeting] ", faults)
    if len(faults) == before:
        _grid_faults(content, held, faults)
    if len(faults) > before:
        return None
    calendar = Calendar(
        year_month=int(settings.pop("planning_year_start")[:2]),
        window_end=held["anchor"] - timedelta(days=held["cut_off"]),
        every_weeks=held["every_weeks"],
        cut_off=held["cut_off"],
    )
    settings.setdefault("sample_marking", settings["marking"])
    return Directorate(**settings, calendar=calendar)


def _keys(
    content: str,
    said: dict[str, Any],
    known: dict[str, tuple[Convert, str]],
    optional: dict[str, tuple[Convert, str]],
    table: str,
    faults: list[str],
) -> dict[str, Any]:
    settings = {}
    for key, (_, example) in known.items():
        if key not in said:
            faults.append(f"{FILE}:1: {table}{key} is missing; write {key} = {example}")
    for key, value in said.items():
        line = _line(content, key)
        if key not in known | optional:
            names = ", ".join(known | optional)
            faults.append(f"{FILE}:{line}: {table}{key} is no key; the keys are {names}")
            continue
        convert, example = (known | optional)[key]
        try:
            settings[key] = convert(value)
        except ValueError as error:
            faults.append(
                f"{FILE}:{line}: {table}{key} {error}, such as {example}; got: {str(value)!r}"
            )
    return settings


def _grid_faults(content: str, held: dict[str, Any], faults: list[str]) -> None:
    anchor, ends = held["anchor"], held["anchor"] - timedelta(days=held["cut_off"])
    if WEEKDAYS[anchor.weekday()] != held["weekday"]:
        faults.append(
            f"{FILE}:{_line(content, 'anchor')}: [meeting] anchor is a {held['weekday']}; "
            f"got: {anchor}, a {WEEKDAYS[anchor.weekday()]}"
        )
    elif ends.weekday():
        # Returns by the week run from Monday to Sunday: they must fit into a window.
        faults.append(
            f"{FILE}:{_line(content, 'cut_off')}: [meeting] what a meeting looks at ends on a "
            f"Monday, exclusive; write cut_off = {anchor.weekday()}, got: {held['cut_off']}, "
            f"a {WEEKDAYS[ends.weekday()]}"
        )


def with_units(directorate: Directorate, tables: Tables, folder: Path) -> Directorate:
    """The directorate with what other files of its catalogue say: roles, measures of its own."""
    roles = {"force": directorate.force, "directorate": directorate.directorate}
    roles |= {line.record.role: line.record.unit for line in tables["roles_of_units"].good}
    files = tuple(sorted((folder / MEASURES).glob("*.sql")))
    return replace(directorate, roles=tuple(roles.items()), own_measures=files)


def unit_faults(directorate: Directorate, content: str, tables: Tables) -> list[str]:
    """What organisation.csv does not know of it."""
    rows = tables["organisation"]
    levels = {line.record.code: line.record.level for line in rows.good}
    if not rows.readable:
        return []
    faults = []
    for level in ("force", "directorate"):
        named = getattr(directorate, level)
        if levels.get(named) != level and named not in rows.spoilt:
            known = ", ".join(item for item, at in levels.items() if at == level) or "none"
            faults.append(
                f"{FILE}:{_line(content, level)}: {level} is a unit of level {level} in "
                f"organisation.csv, which has {known}; got: {named!r}"
            )
    return faults


def _line(content: str, key: str) -> int:
    """The line (from 1) that sets `key`; 1 where none does."""
    for number, line in enumerate(content.splitlines(), start=1):
        if line.split("=")[0].strip() in (key, f"[{key}]"):
            return number
    return 1


def _error_line(error: tomllib.TOMLDecodeError) -> int:
    words = str(error).rpartition("at line ")[2].partition(",")[0]
    return int(words) if words.isdigit() else 1


_in_force: ContextVar[Directorate | None] = ContextVar("directorate", default=None)
_latest: list[Directorate] = []  # of the process: a thread that was started since has no context


def keep(directorate: Directorate) -> None:
    """Puts a directorate and its calendar in force for all that this context asks."""
    periods.keep(directorate.calendar)
    _in_force.set(directorate)
    _latest[:] = [directorate]


def ours() -> Directorate:
    """The directorate in force.

    raises  ContentError where nothing was opened that has one
    """
    in_force = _in_force.get() or next(iter(_latest), None)
    if in_force is None:
        raise ContentError("no directorate is in force: open a snapshot or a catalogue first")
    return in_force
