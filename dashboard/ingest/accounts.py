"""What became of every row and value of a file: read = accepted + rejected + superseded +
excluded, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, cast

from dashboard.ingest.sidecars import Account

STATES = ("accepted", "rejected", "superseded", "excluded")


@dataclass(frozen=True)
class ImportAccount:
    """The account of one file.

    rows_*    lines of data; a line of several cells takes the best state that one has.
    counts_*  single counts: the cells of a published table; of records their rows.
    value_*   the sum of what `value_of` names; a cell that is no number is worth 0.
    rejects   path of the file with line, column, value and rule; None where there are none.
    staged    name of the file written to staging; None where nothing was.
    held     why it is left out of what is published until somebody lets it pass (see plausible).
    excluded  rule → rows that it left out.
    reasons   rule → why, where the format says.
    """

    file: str
    kind: str
    vintages: tuple[str, ...] = ()
    value_of: str = "rows"
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_superseded: int = 0
    rows_excluded: int = 0
    counts_accepted: int = 0
    counts_rejected: int = 0
    counts_superseded: int = 0
    counts_excluded: int = 0
    value_accepted: Decimal = Decimal(0)
    value_rejected: Decimal = Decimal(0)
    value_superseded: Decimal = Decimal(0)
    value_excluded: Decimal = Decimal(0)
    warnings: tuple[str, ...] = ()
    rejects: str | None = None
    staged: str | None = None
    held: tuple[str, ...] = ()
    excluded: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        return sum(getattr(self, f"rows_{state}") for state in STATES)

    @property
    def counts_read(self) -> int:
        return sum(getattr(self, f"counts_{state}") for state in STATES)

    @property
    def value_read(self) -> Decimal:
        return sum((getattr(self, f"value_{state}") for state in STATES), Decimal(0))

    def said_again(self) -> ImportAccount:
        """The account of the same file, imported again: what counted is superseded."""
        return replace(
            self,
            rows_accepted=0,
            rows_superseded=self.rows_accepted + self.rows_superseded,
            counts_accepted=0,
            counts_superseded=self.counts_accepted + self.counts_superseded,
            value_accepted=Decimal(0),
            value_superseded=self.value_accepted + self.value_superseded,
            staged=None,
        )

    def numbers(self, what: str) -> tuple[int | float, ...]:
        """Read, and what became of it in the order of STATES, of rows, counts or value; whole
        values as whole numbers."""
        return tuple(_plain(getattr(self, f"{what}_{state}")) for state in ("read", *STATES))

    def as_dict(self) -> Account:
        """The account as --json prints it."""
        account: dict[str, Any] = {"file": self.file, "kind": self.kind}
        for what in ("rows", "counts", "value"):
            names = (f"{what}_{state}" for state in ("read", *STATES))
            account |= dict(zip(names, self.numbers(what), strict=True))
        account |= {
            "value_of": self.value_of,
            "vintages": list(self.vintages),
            "excluded": self.excluded,
            "reasons": self.reasons,
            "warnings": list(self.warnings),
            "rejects": self.rejects,
            "staged": self.staged,
            "held": list(self.held),
        }
        return cast(Account, account)

    @classmethod
    def from_dict(cls, account: Account) -> ImportAccount:
        """The account that `as_dict` gave, read back from a sidecar."""
        known = {item.name for item in fields(cls)}
        kept: dict[str, Any] = {name: said for name, said in account.items() if name in known}
        for name in kept:
            if name.startswith("value_") and name != "value_of":
                kept[name] = Decimal(str(kept[name]))
        kept |= {name: tuple(kept.get(name, ())) for name in ("vintages", "warnings", "held")}
        return cls(**kept)


def _plain(number: int | Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
