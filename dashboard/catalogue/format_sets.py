"""Which formats a catalogue has: the packaged ones that its directorate.toml lists, and its own."""

from __future__ import annotations

from pathlib import Path

from dashboard.catalogue import directorate as directorates
from dashboard.catalogue import format_files
from dashboard.catalogue.directorate import Directorate
from dashboard.catalogue.format_checks import offence_faults, shared_faults
from dashboard.catalogue.format_text import FOLDER
from dashboard.catalogue.formats import Format
from dashboard.catalogue.lines import Tables, defined

PACKAGED = Path(__file__).resolve().parents[2] / "data" / "catalogue"


def files(folder: Path) -> list[Path]:
    """The files of the packaged formats, where `folder` is another catalogue."""
    return [] if folder == PACKAGED else sorted((PACKAGED / FOLDER).glob("*.toml"))


def used(folder: Path, directorate: Directorate) -> dict[str, Format]:
    """By name; one of its own goes before a packaged one. Faulty ones are `faults`'s to say."""
    packaged = {} if folder == PACKAGED else format_files.read_all(PACKAGED, [])
    kept = {name: item for name, item in packaged.items() if directorate.uses_format(name)}
    return kept | format_files.read_all(folder, [])


def faults(
    folder: Path, own: dict[str, Format], tables: Tables, directorate: Directorate | None
) -> list[str]:
    """What formats name that nothing else of the catalogue has, and faults of packaged ones."""
    sentences: list[str] = []
    packaged = {} if folder == PACKAGED else format_files.read_all(PACKAGED, sentences)
    named = {item.offence for item in own.values() if item.offence}
    known = {code for code in named if defined(tables, "offences", code)}
    sentences += shared_faults(own, packaged) + offence_faults(own, known)
    for name in (directorate.formats if directorate else None) or ():
        if name not in packaged | own:
            sentences.append(
                f"{directorates.FILE}:1: formats lists packaged ones ({', '.join(packaged)}); "
                f"got: {name!r}"
            )
    return sentences
