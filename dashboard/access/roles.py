"""Roles: what somebody sees, whose records they open, what they may do.

Until sign-in is configured the program serves this machine only, and whoever sits at it works
as LOCAL: all aggregates, and the records of every unit that has any to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import catalogue as catalogues
from dashboard.catalogue.reading import ROLES_FILE, read_roles
from dashboard.errors import ContentError, NotAllowedError, NotFoundError, UsageError


@dataclass(frozen=True)
class Role:
    """What a person may do here, as one value that every request carries.

    sees        all aggregates, those of `borough`, or none
    records     of all units, of `unit` (own), or none; what no role sees stays closed
    restricted  opens the records of units that keep them to their own people
    may         rights beside it: decide, propose, explain, minute, sign, load, audit
    unit        code of the person's own unit, with all below it; None for none
    borough     code of the person's own borough
    """

    name: str
    words: str
    sees: str = "none"
    records: str = "none"
    restricted: bool = False
    may: frozenset[str] = frozenset()
    unit: str | None = None
    borough: str | None = None

    @property
    def said(self) -> str:
        """The role in a sentence: its name, and what else its words say."""
        return self.words if self.name in self.words else f"{self.name} ({self.words})"


def figures_only(role: Role) -> Role:
    """The role that sees the same figures, opens no record and may do nothing."""
    if role.sees == "none":
        return role
    return Role("figures", "figures only", role.sees, borough=role.borough)


EVERYTHING = frozenset({"decide", "propose", "explain", "minute", "sign", "load"})
LOCAL = Role("analyst", "local, not signed in", "all", "all", restricted=True, may=EVERYTHING)
DOES = {  # what each right lets somebody do
    "decide": "decide",
    "propose": "propose targets",
    "explain": "explain or mark alerts",
    "minute": "write the minutes",
    "sign": "sign",
    "load": "load files",
    "audit": "read the audit",
}
PACKAGED = Path(__file__).resolve().parents[2] / "data" / "catalogue"


def defined(folder: Path = PACKAGED) -> dict[str, catalogues.Role]:
    """The roles of a catalogue's roles.toml, read again when it changes.

    raises  ContentError with its faults: a role that can't be read is nobody's
    """
    try:
        stat = (folder / ROLES_FILE).stat()
    except OSError as error:
        raise ContentError(f"{ROLES_FILE} is not there") from error
    return _read(folder, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(folder: Path, _changed: int, _size: int) -> dict[str, catalogues.Role]:
    faults: list[str] = []
    roles = read_roles(folder, faults)
    if faults:
        raise ContentError("\n".join(faults))
    return roles


def role_of_claims(claims: Mapping[str, Any], known: Mapping[str, catalogues.Role]) -> Role | None:
    """The first of the `known` roles that the claims of a person hold; None for no role.

    A role of a unit or borough is held with the code in the claim of that name only.
    """
    for name, role in known.items():
        if all(_values(claims.get(claim)) & set(wanted) for claim, wanted in role.claims.items()):
            unit, borough = (_one(claims.get(key)) for key in ("unit", "borough"))
            if (role.records != "own" or unit) and (role.sees != "borough" or borough):
                return look_as(name, unit, borough, known)
    return None


def _values(said: Any) -> set[str]:
    return {said} if isinstance(said, str) else {str(item) for item in said or ()}


def _one(said: Any) -> str | None:
    values = _values(said)
    return values.pop() if len(values) == 1 else None


def look_as(
    name: str,
    unit: str | None = None,
    borough: str | None = None,
    known: Mapping[str, catalogues.Role] | None = None,
) -> Role:
    """The role `name`, held for a unit or a borough where it needs one.

    raises  NotFoundError for a role that is none; UsageError where its unit or borough lacks
    """
    roles = defined() if known is None else known
    if name not in roles:
        raise NotFoundError("role", name, tuple(roles))
    role = roles[name]
    if role.records == "own" and not unit:
        raise UsageError(f"the role {role.name} is held for a unit: say which")
    if role.sees == "borough" and not borough:
        raise UsageError(f"the role {role.name} is held for a borough: say which")
    unit = unit if role.records == "own" else None
    borough = borough if role.sees == "borough" else None
    place = unit or borough
    return Role(
        name,
        f"{role.name}, {place}" if place else role.name,
        role.sees,
        "all" if role.records == "open" else role.records,
        role.records == "all",
        frozenset(role.may),
        unit,
        borough,
    )


def needs(role: Role, right: str) -> None:
    """raises NotAllowedError where `role` has not the right beside it"""
    if right not in role.may:
        raise NotAllowedError(f"the role {role.said} may not {DOES[right]}")


def needs_figures(role: Role, whole: bool = False) -> None:
    """raises NotAllowedError for a role that sees none; with `whole` for one of one borough too"""
    if role.sees == "none":
        raise NotAllowedError(f"the role {role.said} opens no figures")
    if whole and role.sees != "all":
        raise NotAllowedError(f"the role {role.said} opens figures of its own area only")


def needs_records(role: Role, columns: frozenset[str]) -> None:
    """raises NotAllowedError where `columns` name a record and `role` opens none."""
    if columns and role.records == "none":
        raise NotAllowedError(f"the role {role.said} may not open records")
