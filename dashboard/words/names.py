"""How a unit and an area are named, wherever they are. Pure."""

from __future__ import annotations

import re

from dashboard.catalogue import Catalogue


def unit(catalogue: Catalogue, code: str) -> str:
    """'SCD7 Serious and Organised Crime'; the code alone where the catalogue has no such unit."""
    known = catalogue.units.get(code)
    return f"{code} {known.name}" if known else code


def area(catalogue: Catalogue, code: str) -> str:
    """The area's name; 'All of London' for the choice that leaves none out."""
    known = catalogue.areas.get(code)
    return known.name if known else "All of London"


def by_number(code: str) -> tuple[int, str]:
    """A key that sorts unit codes by their number: SCD2 before SCD10."""
    digits = "".join(letter for letter in code if letter.isdigit())
    return int(digits or 0), code


def without_sources(words: str) -> str:
    """Words of the catalogue without the keys of their sources: '[HOM-WEB]'."""
    return re.sub(r"\s*\[[^\]]*\]", "", words)
