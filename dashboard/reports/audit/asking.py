"""What an auditor asks of the audit, as an address says it; and who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from dashboard import catalogue as catalogues
from dashboard.access import Role, Stamp
from dashboard.access.audit import Audit, Kind
from dashboard.access.audit_reading import Chosen
from dashboard.access.roles import needs
from dashboard.access.witness import Witness, audit_of
from dashboard.errors import UsageError
from dashboard.periods import Period, parse_date
from dashboard.words.marking import marking

YEARS = range(1970, 2970)  # what an hour of the local day can be told of
DAYS = 28  # of the period where the address names none
RIGHT = "audit"


@dataclass(frozen=True)
class Asked:
    """Which lines of whose audit, and who asks.

    chosen  since and until are always days
    """

    audit: Audit
    witness: Witness
    chosen: Chosen

    @property
    def period(self) -> Period:
        assert self.chosen.since and self.chosen.until
        return Period(self.chosen.since, self.chosen.until)

    @property
    def whole(self) -> Chosen:
        """All lines of the period."""
        return Chosen(self.chosen.since, self.chosen.until)

    def stamp(self) -> Stamp:
        """The stamp of what the audit says: its head stands in a snapshot's place."""
        number, said = self.audit.head()
        own = catalogues.load(catalogues.folder_of(self.witness.data)).directorate
        chosen = self.chosen
        filters = (
            ("since", chosen.since),
            ("kind", ", ".join(chosen.kinds)),
            ("who", chosen.who),
            ("unit", ", ".join(chosen.units)),
            ("words", chosen.words),
        )
        shown = tuple((key, str(value)) for key, value in filters if value)
        head = f"audit line {number} {said[:12]}"
        return Stamp(self.period.until, head, False, marking(own), shown, "audit")


def asked_of_address(
    data: Path, role: Role, who: str, said: Mapping[str, str], today: date
) -> Asked:
    """What the words of an address ask for; a word that is none asks for nothing.

    raises  NotAllowedError for a role without the right; UsageError for a day that is none
    """
    needs(role, RIGHT)
    until = _day(said, "until") or today + timedelta(days=1)
    since = _day(said, "since") or until - timedelta(days=DAYS)
    since = min(since, until - timedelta(days=1))
    kind = said.get("kind", "")
    chosen = Chosen(
        since,
        until,
        (Kind(kind),) if kind in list(Kind) else (),
        said.get("who") or None,
        (said["unit"],) if said.get("unit") else (),
        said.get("words", "").strip(),
    )
    asked = Asked(audit_of(data), Witness(data, who), chosen)
    # Whose lines are looked for is not said: a line's words are never erased.
    plain = replace(chosen, who=None, words="")
    what = [f"{asked.period.words}", *plain.kinds, *plain.units]
    what += ["of one person"] if chosen.who else []
    what += ["with words"] if chosen.words else []
    asked.witness.once("audit", f"its page: {', '.join(what)}")
    return asked


def _day(said: Mapping[str, str], key: str) -> date | None:
    day = parse_date(said[key], key) if said.get(key) else None
    if day is not None and day.year not in YEARS:
        raise UsageError(f"{key} lies between {YEARS[0]} and {YEARS[-1]}; got: {day.isoformat()}")
    return day
