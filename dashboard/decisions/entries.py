"""What people wrote, read in from a file again: one entry after another, by their time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from dashboard.errors import ContentError

Entry = TypeVar("Entry", bound=Mapping[str, object])


def written(
    entries: Iterable[Entry],
    write: Callable[[Entry], bool],
    what: str,
    named: Callable[[Entry], str],
) -> int:
    """Writes what the entries say, the first first; what is there already is passed over.

    write   writes one; whether it was new
    what, named  what the entries are, and which one is meant, for the error's sentence
    return  how many were new
    raises  ContentError that names the first entry that can't be
    """
    new = 0
    for entry in sorted(entries, key=lambda item: str(item.get("at"))):
        try:
            new += write(entry)
        except (KeyError, ValueError, TypeError) as error:
            raise ContentError(f"{what}, {named(entry)}: {error} is wrong or lacks") from error
    return new
