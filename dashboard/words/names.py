"""How a unit and an area are named, wherever they are. Pure."""

from __future__ import annotations

import re

from dashboard.catalogue import Catalogue, ours
from dashboard.periods import calendar


def unit(catalogue: Catalogue, code: str) -> str:
    """'OCU7 Serious and Organised Crime'; the code alone where the catalogue has no such unit."""
    known = catalogue.units.get(code)
    return f"{code} {known.name}" if known else code


def area(catalogue: Catalogue, code: str) -> str:
    """The area's name; that of all of them for the choice that leaves none out."""
    known = catalogue.areas.get(code)
    return known.name if known else f"All of {whole_area()}"


def area_inside(catalogue: Catalogue, code: str) -> str:
    """The area's name inside a sentence: a name keeps its capital, "unknown" is none."""
    known = catalogue.areas.get(code)
    if known is None:
        return code
    nameless = known.kind in ("unknown", "not_attributable")
    return known.name.lower() if nameless else known.name


def whole_area() -> str:
    """What all areas together are called, inside a sentence."""
    return ours().whole_area


def area_word(number: int = 1) -> str:
    """What one area is called: 'borough'; of any other number 'boroughs', 'counties'."""
    word = ours().area_word
    return word if number == 1 else f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def areas_word() -> str:
    """'boroughs', or what else several areas are called."""
    return area_word(2)


def window_word() -> str:
    """What a tactical meeting looks at: 'fortnight' or 'week'."""
    return calendar().grain


def windows_word() -> str:
    return f"{window_word()}s"


def by_number(code: str) -> tuple[int, str]:
    """A key that sorts unit codes by their number: OCU2 before OCU10."""
    digits = "".join(letter for letter in code if letter.isdigit())
    return int(digits or 0), code


def without_sources(words: str) -> str:
    """Words of the catalogue without the keys of their sources: '[HOM-WEB]'."""
    return re.sub(r"\s*\[[^\]]*\]", "", words)
