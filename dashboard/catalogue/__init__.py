"""The catalogue: what the directorate is and wants, as frozen records.

The files are small CSVs that an analyst edits (data/catalogue/README.md says what each
column holds). Loading collects every fault before it reports: `faults` lists them,
`load` raises them together.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.catalogue import accepted, format_files, format_sets, tiles
from dashboard.catalogue import directorate as directorates
from dashboard.catalogue.directorate import Directorate, keep, ours
from dashboard.catalogue.faults import cross_faults
from dashboard.catalogue.format_sets import PACKAGED
from dashboard.catalogue.format_text import FOLDER as FORMATS
from dashboard.catalogue.formats import Format
from dashboard.catalogue.lines import Tables, place
from dashboard.catalogue.model import Catalogue
from dashboard.catalogue.populations import Population
from dashboard.catalogue.reading import ROLES_FILE, read_roles, read_table, read_text
from dashboard.catalogue.records import (
    Alias,
    Area,
    Break_,
    Meeting,
    Offence,
    Priority,
    Profile,
    Rate,
    Role,
    Source,
    Target,
    Unit,
    Value,
)
from dashboard.catalogue.schema import TABLES
from dashboard.errors import ContentError

__all__ = [
    "PACKAGED",
    "ROLES_FILE",
    "VARIABLE",
    "Alias",
    "Area",
    "Break_",
    "Catalogue",
    "Directorate",
    "Format",
    "Meeting",
    "Offence",
    "Population",
    "Priority",
    "Profile",
    "Rate",
    "Role",
    "Source",
    "Target",
    "Unit",
    "Value",
    "accepted",
    "faults",
    "folder_of",
    "keep",
    "load",
    "ours",
    "own",
]

VARIABLE = "DASHBOARD_CATALOGUE"  # names the folder of another organisation's catalogue
MOST_CONTENTS = 16  # catalogues that are held, each as one object
_contents: dict[tuple[str, frozenset[str] | None, Path | None], Catalogue] = {}
FILES = (*(table.file for table in TABLES.values()), ROLES_FILE, directorates.FILE)


def folder_of(data: Path) -> Path:
    """The catalogue that serves the data folder `data`: as DASHBOARD_CATALOGUE says, else its
    own, else the project's."""
    own = data / "catalogue"
    said = os.environ.get(VARIABLE)
    return Path(said) if said else own if own.is_dir() else PACKAGED


def faults(folder: Path, measures: Collection[str] | None = None) -> list[str]:
    """Every fault of the catalogue in `folder`, each `file:line: sentence`.

    measures  ids that queries/measures defines; without them no measure name is checked.
    """
    tables, _, sentences = _read(Path(folder), measures)
    if tables:
        read_roles(Path(folder), sentences)
    return sorted(sentences, key=place)


def load(
    folder: Path, measures: Collection[str] | None = None, former: Path | None = None
) -> Catalogue:
    """The catalogue in `folder`; ContentError lists every fault, one a line.

    It is read once for as long as no file of it changes.

    former  folder whose directorate.toml and roles of units speak for a catalogue without one: that
            of a snapshot published before there were such files, when the program knew one
            directorate only
    """
    folder = Path(folder)
    stamps = tuple(
        (path.name, stat.st_mtime_ns, stat.st_size)
        for path in (*map(folder.joinpath, FILES), *_own_files(folder), *format_sets.files(folder))
        if path.exists() and (stat := path.stat())
    )
    known = frozenset(measures) if measures is not None else None
    return _load(folder, known, None if (folder / directorates.FILE).exists() else former, stamps)


@lru_cache(maxsize=64)
def _load(
    folder: Path, measures: frozenset[str] | None, former: Path | None, _stamps: tuple[Any, ...]
) -> Catalogue:
    """Each snapshot brings its catalogue, mostly the one before: one content is read once."""
    if not all((folder / name).exists() for name in _named(folder)):
        return _of(folder, measures, former)  # which says what is missing
    key = (_hash(folder), measures, former)
    if key not in _contents:
        for oldest in list(_contents)[: len(_contents) - MOST_CONTENTS + 1]:
            _contents.pop(oldest, None)
        _contents[key] = _of(folder, measures, former)
    return replace(_contents[key], folder=folder)


def _of(folder: Path, measures: frozenset[str] | None, former: Path | None) -> Catalogue:
    tables, directorate, sentences = _read(folder, measures, former)
    if sentences or directorate is None:
        count = "a fault" if len(sentences) == 1 else f"{len(sentences)} faults"
        raise ContentError("\n".join([f"the catalogue has {count}:", *sentences]))
    rows = {name: tuple(line.record for line in table.good) for name, table in tables.items()}
    values: dict[str, dict[str, str]] = {}
    for value in rows["values"]:
        values.setdefault(value.field, {})[value.code] = value.label
    return Catalogue(
        units={unit.code: unit for unit in rows["organisation"]},
        areas=tiles.placed({area.code: area for area in rows["boroughs"]}),
        adjacency=frozenset(frozenset((pair.a, pair.b)) for pair in rows["adjacency"]),
        offences={offence.code: offence for offence in rows["offences"]},
        values=values,
        rates=rows["overtime_rates"],
        directorate=directorate,
        formats=format_sets.used(folder, directorate),
        folder=folder,
        hash=_hash(folder),
        **{
            name: rows[name]
            for name in (
                "aliases targets profiles meetings sources priorities breaks populations".split()
            )
        },
    )


def _own_files(folder: Path) -> list[Path]:
    """The files of the folders of a catalogue, in order: measures and formats of its own."""
    parts = (directorates.MEASURES, "*.sql"), (FORMATS, "*.toml")
    return [path for part, ending in parts for path in sorted((folder / part).glob(ending))]


def _read(
    folder: Path, measures: Collection[str] | None, former: Path | None = None
) -> tuple[Tables, Directorate | None, list[str]]:
    if not folder.is_dir():
        return {}, None, [f"{FILES[0]}:1: there is no catalogue folder {folder.name!r}"]
    sentences: list[str] = []
    tables = {
        name: read_table(_of_then(folder, former, table.file), table, sentences)
        for name, table in TABLES.items()
    }
    content = read_text(former or folder, directorates.FILE, sentences)
    directorate = directorates.read(content, sentences) if content else None
    if directorate and content:
        directorate = directorates.with_units(directorate, tables, folder)
        sentences += directorates.unit_faults(directorate, content, tables)
    sentences += cross_faults(tables, directorate, measures)
    own = format_files.read_all(folder, sentences)
    sentences += format_sets.faults(folder, own, tables, directorate)
    return tables, directorate, sorted(sentences, key=place)


def _of_then(folder: Path, former: Path | None, file: str) -> Path:
    """Where a file is read: which units had which role was in the program once, as the rest of
    the directorate was; `former` speaks for both."""
    is_of_directorate = file == TABLES["roles_of_units"].file
    return former if former and is_of_directorate and not (folder / file).exists() else folder


def _named(folder: Path) -> list[str]:
    """The files that make the catalogue: all that must be there, and what else there is."""
    optional = {table.file for table in TABLES.values() if table.optional} | {directorates.FILE}
    own = (path.relative_to(folder).as_posix() for path in _own_files(folder))
    return [name for name in (*FILES, *own) if name not in optional or (folder / name).exists()]


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _named(folder):
        content = (folder / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
