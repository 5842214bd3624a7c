"""In which order units and areas are offered and listed, wherever they are."""

from __future__ import annotations

from dashboard.catalogue.model import Catalogue
from dashboard.catalogue.records import Area

# Boroughs by name first, then what stands beside the map.
KINDS = ("borough", "airport", "unknown", "not_attributable", "not_policed")


def page_units(catalogue: Catalogue) -> list[str]:
    """Codes of the units that have a page: the OCUs in the organisation's order, then those
    above them."""
    ocus = [unit.code for unit in catalogue.units.values() if unit.level == "ocu"]
    above = ("directorate", "force")
    return ocus + [unit.code for unit in catalogue.units.values() if unit.level in above]


def areas(catalogue: Catalogue, kinds: tuple[str, ...] = KINDS) -> list[Area]:
    """The areas of `kinds`, by kind, then by name."""
    known = [area for area in catalogue.areas.values() if area.kind in kinds]
    return sorted(known, key=lambda area: (KINDS.index(area.kind), area.name))


def unit_place(catalogue: Catalogue, code: str, whole: str) -> tuple[bool, bool, int, str]:
    """A key that sorts unit codes: the directorate's by number, then others, `whole` last."""
    digits = "".join(char for char in code if char.isdigit())
    own = catalogue.directorate.directorate
    inside = code in catalogue.units and own in (code, *catalogue.ancestors(code))
    return code == whole, not inside, int(digits or 0), code
