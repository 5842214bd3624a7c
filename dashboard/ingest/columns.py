"""Which column of a file is which: names as found, matched without regard to case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.errors import ContentError, UsageError

# Publishers have renamed the key columns between downloads, and will again.
AREA = (
    "borough", "BoroughName", "LookUp_BoroughName", "borough_name", "borough_snt", "area_name",
)  # fmt: skip
MINOR = ("MinorText", "minor_category", "minor_text", "crime_group", "crime_subtype", "offence")
REFRESHED = ("refresh_date", "refreshed_on", "data_refresh_date")
ROLES = ("major", "minor", "area")
ROLE_WORDS = {"major": "major category", "minor": "minor category or offence", "area": "area"}


@dataclass(frozen=True)
class Wanted:
    """A column that a kind has: its name with us, the names it goes by in files, its role."""

    name: str
    known: tuple[str, ...]
    role: str = ""
    required: bool = True


class MissingColumnsError(ContentError):
    """Headings lack columns that a kind can't do without.

    missing  these columns
    """

    def __init__(self, said: str, missing: Sequence[Wanted]):
        super().__init__(said)
        self.missing = tuple(missing)


def spelling(name: str) -> str:
    """A heading as it is compared: case, blanks and punctuation say nothing.

    >>> spelling(" Homicide Offence-Type")
    'homicide_offence_type'
    """
    return re.sub(r"[^0-9a-z]+", "_", name.strip().casefold()).strip("_")


def check_header(header: Sequence[str], file: str) -> None:
    """Raises ContentError where a heading stands twice: which of the two counts?"""
    if not any(name.strip() for name in header):
        raise ContentError(f"{file} has no header row")
    counted = Counter(spelling(name) for name in header if name.strip())
    twice = [name for name in header if counted[spelling(name)] > 1]
    if twice:
        raise ContentError(f"{file} has a column twice: {listed(dict.fromkeys(twice))}")


def match(
    header: Sequence[str],
    wanted: Sequence[Wanted],
    told: dict[str, str],
    file: str,
    kind: str,
    shown: Sequence[str] | None = None,
) -> dict[str, int]:
    """Place of each wanted column in the header; absent optional ones are left out.

    told    role → heading, as said by --column.
    shown   the headings to list where one is missing (a wide file has hundreds).
    raises  MissingColumnsError that names them, UsageError where `told` does not fit.
    """
    check_header(header, file)
    places = {spelling(name): place for place, name in enumerate(header) if name.strip()}
    _check_told(told, wanted, places, shown or header, file, kind)
    chosen, missing = {}, []
    for column in wanted:
        said = told.get(settled_by(column)) or told.get(column.name)
        names = (said,) if said else column.known
        place = next((places[key] for name in names if (key := spelling(name)) in places), None)
        if place is not None:
            chosen[column.name] = place
        elif column.required:
            missing.append(column)
    if missing:
        raise MissingColumnsError(_missing(missing, shown or header, file, kind), missing)
    return chosen


def _check_told(
    told: dict[str, str],
    wanted: Sequence[Wanted],
    places: dict[str, int],
    shown: Sequence[str],
    file: str,
    kind: str,
) -> None:
    roles = [role for role in ROLES if any(column.role == role for column in wanted)]
    roles += [settled_by(column) for column in wanted if not column.role]
    for role, name in told.items():
        if role not in roles and role not in {column.name for column in wanted}:
            raise UsageError(f"--column settles {listed(roles)} in {kind}; got: {role!r}")
        if spelling(name) not in places:
            raise UsageError(f"{file} has no column {name!r} for --column; found {listed(shown)}")


def _missing(missing: Sequence[Wanted], shown: Sequence[str], file: str, kind: str) -> str:
    """All that is missing at once, with what each would be settled by."""
    keys = [column for column in missing if column.role]
    plain = [column for column in missing if not column.role]
    parts = []
    if plain:
        parts.append(f"{file} can't be read as {kind}: no column {listed_names(plain)}")
    if keys:
        words = ", none for ".join(f"the {ROLE_WORDS[key.role]}" for key in keys)
        parts.append("none for " + words if plain else f"{file}: no column for {words}")
    seen = f"found {listed(shown)}"
    known = [f"known{_of(key, keys)}: {listed(tuple(dict.fromkeys(key.known)))}" for key in keys]
    say = " ".join(f"--column {settled_by(column)}=NAME" for column in (*keys, *plain))
    return "; ".join([", ".join(parts), seen, *known, f"say {say}"])


def _of(key: Wanted, keys: Sequence[Wanted]) -> str:
    return f" for the {ROLE_WORDS[key.role]}" if len(keys) > 1 else ""


def settled_by(column: Wanted) -> str:
    """The name by which --column settles it: its role, else its first name in files."""
    return column.role or spelling(column.known[0])


def listed_names(columns: Sequence[Wanted]) -> str:
    """The columns by the first name that each goes by in files."""
    return listed([column.known[0] for column in columns])


def headed(wanted: Sequence[Wanted], told: dict[str, str]) -> frozenset[str]:
    """Every heading that a kind knows, as `spelling` writes it."""
    names = [name for column in wanted for name in column.known]
    return frozenset(spelling(name) for name in (*names, *told.values()))


def listed(names: Iterable[object], most: int = 30) -> str:
    """Names with commas; a long list is cut, with how many more there are."""
    said = [str(name).strip() or "(blank)" for name in names]
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return (", ".join(said[:most]) or "none") + more
