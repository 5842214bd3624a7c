"""The catalogue as a whole: its records, and the look-ups that everybody asks of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from dashboard.catalogue.directorate import Directorate
from dashboard.catalogue.formats import Format
from dashboard.catalogue.lines import spelling
from dashboard.catalogue.populations import Population
from dashboard.catalogue.records import (
    Alias,
    Area,
    Break_,
    Meeting,
    Offence,
    Priority,
    Profile,
    Rate,
    Source,
    Target,
    Unit,
)
from dashboard.errors import NotFoundError


@dataclass(frozen=True)
class Catalogue:
    """All of the catalogue; `hash` is the sha256 of its files, names and order included."""

    units: dict[str, Unit]
    areas: dict[str, Area]
    adjacency: frozenset[frozenset[str]]
    aliases: tuple[Alias, ...]
    offences: dict[str, Offence]
    values: dict[str, dict[str, str]]
    targets: tuple[Target, ...]
    profiles: tuple[Profile, ...]
    meetings: tuple[Meeting, ...]
    sources: tuple[Source, ...]
    priorities: tuple[Priority, ...]
    rates: tuple[Rate, ...]
    breaks: tuple[Break_, ...]
    populations: tuple[Population, ...]
    directorate: Directorate
    formats: dict[str, Format]
    folder: Path = field(compare=False)
    hash: str = field(compare=False)

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The areas that touch `code`, in order of their codes."""
        return tuple(sorted(next(iter(pair - {code})) for pair in self.adjacency if code in pair))

    def unit(self, code: str) -> Unit:
        """The unit of that code, or NotFoundError with the near ones."""
        if code not in self.units:
            raise NotFoundError("unit", code, list(self.units))
        return self.units[code]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The units above `code`, nearest first, the force last."""
        return self._above[self.unit(code).code]

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        ancestors = {}
        for code, unit in self.units.items():
            line, above = [], unit.parent
            while above:
                line.append(above)
                above = self.units[above].parent
            ancestors[code] = tuple(line)
        return ancestors

    def descendants(self, code: str) -> tuple[str, ...]:
        """The units below `code`, in the order of the file; not itself."""
        return self._below[self.unit(code).code]

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        descendants: dict[str, list[str]] = {code: [] for code in self.units}
        for code, line in self._above.items():
            for above in line:
                descendants[above].append(code)
        return {code: tuple(below) for code, below in descendants.items()}

    def ocu_of(self, code: str) -> str:
        """The OCU that `code` belongs to; a unit above OCUs is its own."""
        for unit in (code, *self.ancestors(code)):
            if self.units[unit].level == "ocu":
                return unit
        return code

    def level_of(self, code: str, level: str) -> str | None:
        """The unit of `level` that `code` is or belongs to; None where it is above it."""
        for unit in (code, *self.ancestors(code)):
            if self.units[unit].level == level:
                return unit
        return None

    def resolve(
        self,
        kind: str,
        source: str,
        spelt: str | None,
        value_field: str = "",
        listed_only: bool = False,
    ) -> str | None:
        """The code that `spelt` means in `source`; None where nobody has said so.

        kind         area, offence or value (then `value_field` names the column).
        source       publisher or kind of the file; its own aliases come before general ones.
        spelt        as found; case and runs of blanks say nothing; None is as blank.
        listed_only  whether only aliases.csv says what the source's words mean; names do not then.
        """
        plain = spelling(spelt or "")
        for owner in (source, ""):
            if code := self._spellings.get((kind, owner, value_field, plain)):
                return code
        if not plain:
            return None
        if listed_only:
            # HOMICIDE there need not be our homicide; the code itself, as written, is.
            return spelt if spelt in self.offences else None
        return self._canonical.get((kind, value_field, plain))

    @cached_property
    def _spellings(self) -> dict[tuple[str, str, str, str], str]:
        codes = {}
        for alias in self.aliases:
            head, _, tail = alias.code.partition(".") if alias.kind == "value" else ("", "", "")
            key = (alias.kind, alias.source, head, spelling(alias.published))
            codes[key] = tail or alias.code
        return codes

    @cached_property
    def _canonical(self) -> dict[tuple[str, str, str], str]:
        """Codes and names as spellings; a code goes before another's name."""
        codes: dict[tuple[str, str, str], str] = {}
        for kind, table in (("area", self.areas), ("offence", self.offences)):
            codes |= {(kind, "", spelling(row.name)): code for code, row in table.items()}
            codes |= {(kind, "", spelling(code)): code for code in table}
        for name, labels in self.values.items():
            codes |= {("value", name, spelling(label)): code for code, label in labels.items()}
            codes |= {("value", name, spelling(code)): code for code in labels}
        return codes

    @cached_property
    def _people(self) -> dict[tuple[str, int], Population]:
        year = self.directorate.population_year
        own = {
            (area.code, year): Population(
                area.code, year, area.population, None, "estimate", "boroughs.csv"
            )
            for area in self.areas.values()
            if area.population and area.kind == "borough"
        }
        return own | {(row.area, row.year): row for row in self.populations}

    def people(self, area: str, year: int) -> Population | None:
        """What is known of an area's population in a year; None where nothing is."""
        return self._people.get((area, year))

    def held_on(self, grid_date: date) -> date | None:
        """The day on which the tactical meeting of `grid_date` is held; None: cancelled."""
        for meeting in self.meetings:
            if meeting.kind == "tactical" and meeting.grid_date == grid_date:
                return meeting.held_on
        return grid_date

    def target(self, measure: str, unit: str, on: date, as_at: date) -> Target | None:
        """The target for the day `on` as it was known before `as_at`: the latest set."""
        known = [
            target
            for target in self._targets.get((measure, unit), ())
            if target.since <= on < target.until and target.set_on < as_at
        ]
        return max(known, key=lambda target: target.set_on, default=None)

    @cached_property
    def _targets(self) -> dict[tuple[str, str], list[Target]]:
        by_measure: dict[tuple[str, str], list[Target]] = {}
        for target in self.targets:
            by_measure.setdefault((target.measure, target.unit_code), []).append(target)
        return by_measure

    def profile(self, measure: str, unit: str) -> dict[int, float]:
        """Share of the year by calendar month (1-12); empty where there is no profile."""
        return {
            row.month: row.share
            for row in self.profiles
            if (row.measure, row.unit_code) == (measure, unit)
        }

    def priorities_of(self, measure: str, on: date) -> tuple[Priority, ...]:
        """The priorities in force on a day that `measure` shows."""
        return tuple(item for item in self.in_force(on) if measure in item.measures)

    def in_force(self, on: date) -> tuple[Priority, ...]:
        """The priorities of the control strategy in force on a day, in its order."""
        return tuple(
            priority
            for priority in self.priorities
            if priority.since <= on and (priority.until is None or on < priority.until)
        )

    def breaks_of(self, measure: str, offences: Collection[str] = ()) -> tuple[Break_, ...]:
        """Breaks of a measure, of the offences it counts, and of every series; by day."""
        names = {"", measure, *offences}
        return tuple(sorted((b for b in self.breaks if b.measure in names), key=lambda b: b.on))

    def broken(
        self, measure: str, offences: Collection[str], unit: str, borough: str | None
    ) -> tuple[date, ...]:
        """Days on which one series changes its meaning: those of its measure, unit and area."""
        return tuple(
            item.on
            for item in self.breaks_of(measure, offences)
            if item.area in ("", borough) and item.unit in ("", unit)
        )
