"""The names by which a directorate is known, and where a text holds one of them.

Derived from its catalogue, so that a new unit or area is looked for as well.
"""

from __future__ import annotations

import re
from pathlib import Path

from dashboard import catalogue, sample

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "data" / "catalogue"
# Areas that every catalogue may have stand for no place.
PLACES = ("borough", "airport", "not_policed")
# The time zone of all dates is no name of an organisation, and the seed of a simulation no year.
ALLOWED = re.compile(r"Europe/London|SEED.*=.*")


def words(folder: Path = OWN) -> set[str]:
    """Codes of units, codes and names of areas, brand, and what the whole area is called."""
    known = catalogue.load(folder)
    own = known.directorate
    found = {own.brand, own.whole_area, *known.units}
    for area in known.areas.values():
        if area.kind in PLACES:
            found |= {area.code, area.name}
    return found


def years() -> set[str]:
    """The years of the sample's own papers."""
    return {str(day.year) for day in sample.AS_ATS}


def pattern(names: set[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9_])(?:{listed})(?![A-Za-z0-9])")


def found_in(text: str, names: set[str]) -> list[tuple[int, str]]:
    """(line, name) of each name in a text, but for what ALLOWED takes out."""
    look = pattern(names)
    hits = []
    for number, line in enumerate(text.splitlines(), start=1):
        hits += [(number, match) for match in look.findall(ALLOWED.sub("", line))]
    return hits
