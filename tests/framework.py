"""The table of the framework's duties, read from the document that readers have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / ".docs" / "framework.md"


@dataclass(frozen=True)
class Duty:
    """A line of the table: where a duty is seen. pack and section as `report` knows them."""

    name: str
    page: str
    words: str
    pack: str
    section: str
    command: str


def duties() -> list[Duty]:
    """All lines, in their order."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("|")][2:]
    found = []
    for line in lines:
        name, page, words, pack, command = (cell.strip(" `") for cell in line.strip("|").split("|"))
        kind, _, section = pack.partition(" (")
        found.append(Duty(name, page, words, kind, section.removesuffix(")"), command))
    return found
