"""Roles: what somebody sees, whose records they open, what they may do.

Until sign-in is configured the program serves this machine only, and whoever sits at it works
as LOCAL: all aggregates, and the records of every unit that has any to show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.errors import NotAllowedError, NotFoundError, UsageError

SEES = ("all", "borough", "none")
RECORDS = ("all", "own", "none")
MAY = ("decide", "minute", "sign", "audit")


@dataclass(frozen=True)
class Role:
    """What a person may do here, as one value that every request carries.

    sees        all aggregates, those of `borough`, or none
    records     of all units, of `unit` (own), or none; what no role sees stays closed
    restricted  opens the records of units that keep them to their own people
    may         rights beside it: decide, minute, sign, audit
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


EVERYTHING = frozenset({"decide", "minute", "sign"})
LOCAL = Role("analyst", "local, not signed in", "all", "all", restricted=True, may=EVERYTHING)
ROLES = {
    role.name: role
    for role in (
        Role("chair", "chair of the meeting", "all", "all", restricted=True, may=EVERYTHING),
        Role("ocu_commander", "OCU commander", "all", "own"),
        Role("analyst", "analyst", "all", "all"),
        Role("borough_viewer", "borough viewer", "borough", "none"),
        Role("auditor", "auditor", "none", "none", may=frozenset({"audit"})),
    )
}


def look_as(name: str, unit: str | None = None, borough: str | None = None) -> Role:
    """The role `name`, held for a unit or a borough where it needs one.

    raises  NotFoundError for a role that is none; UsageError where its unit or borough lacks
    """
    if name not in ROLES:
        raise NotFoundError("role", name, tuple(ROLES))
    role = ROLES[name]
    if role.records == "own" and not unit:
        raise UsageError(f"the role {role.words} is held for a unit: say which")
    if role.sees == "borough" and not borough:
        raise UsageError(f"the role {role.words} is held for a borough: say which")
    held = next((item for item in (unit, borough) if item), "")
    words = f"{role.words}, {held}" if held else role.words
    return replace(role, words=words, unit=unit, borough=borough)


def needs_records(role: Role, columns: frozenset[str]) -> None:
    """raises NotAllowedError where `columns` name a record and `role` opens none."""
    if columns and role.records == "none":
        raise NotAllowedError(f"the role {role.words} may not open records")
