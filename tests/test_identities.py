"""Whose dashboard it is stands in data: no code, SQL or style names an organisation."""

from __future__ import annotations

from pathlib import Path

from tests import identities

LEFT_OUT = ("dashboard/sample/",)  # it is one directorate's
ROOMS = ("dashboard", "pages", "queries", ".docs/handbook", ".docs/methods")
ENDINGS = {".py", ".sql", ".css", ".toml", ".md", ".typ", ".ini"}


def sources() -> list[Path]:
    files = [path for room in ROOMS for path in (identities.ROOT / room).rglob("*")]
    return sorted(
        path
        for path in files
        if path.suffix in ENDINGS
        and not str(path.relative_to(identities.ROOT)).startswith(LEFT_OUT)
    )


def hits(names: set[str]) -> list[str]:
    return [
        f"{path.relative_to(identities.ROOT)}:{line}: {name}"
        for path in sources()
        for line, name in identities.found_in(path.read_text("utf-8"), names)
    ]


def test_the_names_looked_for_are_those_of_the_catalogue():
    names = identities.words()
    assert {"SCD7", "SCD", "MPS", "London", "SCD Performance", "E09000007", "Camden"} <= names
    assert identities.years() == {"2004"}
    assert identities.found_in("by SCD7(5) of\nLondon in Europe/London", names) == [
        (1, "SCD7(5)"),
        (2, "London"),
    ]


def test_no_source_names_a_directorate_its_areas_or_the_years_of_its_papers():
    assert hits(identities.words() | identities.years()) == []
