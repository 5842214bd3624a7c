"""Areas that are looked up: a table of finer areas and the areas of the catalogue they lie in.

It comes as its publisher writes it (LSOA to district, say, with codes and names of both and
more): the column with the file's own areas, and the one with areas of the catalogue, are known
by what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dashboard.catalogue import Catalogue, Format
from dashboard.errors import ContentError, UsageError
from dashboard.ingest.adapters import Plan
from dashboard.ingest.adapters.rows import LOOKED_UP
from dashboard.ingest.columns import listed
from dashboard.ingest.parsing import trimmed
from dashboard.ingest.reading import open_tables, shown
from dashboard.ingest.work import Work

SHOWN = 3


@dataclass(frozen=True)
class Areas:
    """Where the table lies, and what format looks its areas up in it."""

    path: Path
    of: str


def table(of: Format | None, told: Path | str | None, catalogue: Catalogue) -> Areas | None:
    """The table that a format looks its areas up in: as told, else the catalogue's own.

    raises  UsageError where one is told that no format asks for, or asked for and not there
    """
    if of is None or of.lookup is None:
        if told is not None:
            raise UsageError("--areas is of formats that look their areas up, not of this one")
        return None
    path = Path(told) if told is not None else catalogue.folder / of.lookup.file
    if path.is_file():
        return Areas(path, of.name)
    if told is not None:
        raise UsageError(f"there is no file {shown(path)} for --areas")
    roles = [names[0] for role in of.lookup.by for names in [of.readings[0].columns[role]]]
    raise UsageError(
        f"{of.name} names its areas by {' or '.join(roles)} alone; say --areas FILE, a table with "
        "a column of these and a column of areas of boroughs.csv (codes or names), or put it into "
        f"the catalogue as {of.lookup.file}"
    )


def register(work: Work, plans: list[Plan], areas: Areas) -> None:
    """Table areas_of (spelt in small letters; code: the area as the lookup spells it).

    raises  ContentError where the lookup has no column of the file's areas, or none of the
            catalogue's, or puts one of the file's areas into two.
    """
    asked = _asked(work, plans)
    header, columns = _read(areas.path)
    known = {column: asked & {cell.lower() for cell in cells} for column, cells in columns.items()}
    spelt = max(known, key=lambda column: len(known[column]), default=None)
    if spelt is None or (asked and not known[spelt]):
        raise ContentError(
            f"{areas.path.name} knows none of the {len(asked):,} areas of {work.file} "
            f"({listed(sorted(asked), SHOWN)}); its columns are {listed(header)}"
        )
    ours = {
        column: {cell for cell in set(cells) if work.catalogue.resolve("area", areas.of, cell)}
        - {""}
        for column, cells in columns.items()
        if column != spelt
    }
    area = max(ours, key=lambda column: len(ours[column]), default=None)
    if area is None or not ours[area]:
        raise ContentError(
            f"{areas.path.name} has no column with areas of boroughs.csv, codes or names; its "
            f"columns are {listed(header)}"
        )
    by_spelling: dict[str, str | None] = {}
    for cell, place in zip(columns[spelt], columns[area], strict=True):
        key = cell.lower()
        if key in asked and place and by_spelling.setdefault(key, place) != place:
            raise ContentError(
                f"{areas.path.name} puts {cell} into {by_spelling[key]} and into {place} "
                f"(columns {header[spelt]} and {header[area]}); an area lies in one"
            )
    work.pairs(LOOKED_UP, by_spelling)


def _asked(work: Work, plans: list[Plan]) -> set[str]:
    """The areas of the file, in small letters."""
    areas: set[str] = set()
    for number, plan in enumerate(plans):
        for name in plan.by:
            if name in plan.chosen:
                cell = f"lower({trimmed(name)})"
                rows = work.all(f"select distinct {cell} from ({work.raw(number)})")
                areas |= {row[0] for row in rows if row[0]}
    return areas


def _read(path: Path) -> tuple[tuple[str, ...], dict[int, list[str]]]:
    """Headings of the lookup, and its cells by the place of their column."""
    head = open_tables(path)[0].heads(lambda _: False)[0]
    source = head.open()
    places = [place for place, name in enumerate(source.header) if name.strip()]
    columns: dict[int, list[str]] = {place: [] for place in places}
    for _, cells, _ in source.batches(places):
        for place, cell in zip(places, cells, strict=True):
            columns[place] += _texts(cell.to_pylist())
    return source.header, columns


def _texts(cells: Iterable[str | None]) -> list[str]:
    return [(cell or "").strip() for cell in cells]
