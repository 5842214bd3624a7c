"""Who may see what, told anew from roles.toml and organisation.csv, and whatever leaves searched.

Nothing here asks the program who may see a record: the test holds the program to the two files.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import polars as pl

from dashboard.access import LOCAL, Role, look_as

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "data" / "catalogue"
PAGES = sorted(ROOT.glob("pages/*.py"))
REFERENCE = re.compile(rb"C\d{9}|P\d+-\d{4}|R\d{5}(?:/\d+)?")
STRICT = ("open", "own", "never")
BOROUGH = "E09000007"


@dataclass(frozen=True)
class Organisation:
    """organisation.csv as it stands in the catalogue."""

    rows: dict[str, dict[str, str]]

    def above(self, code: str) -> list[str]:
        """The unit and all above it, itself first."""
        chain = [code]
        while parent := self.rows[chain[-1]]["parent"]:
            chain.append(parent)
        return chain

    def standing(self, code: str) -> str:
        """open, own or never: the strictest that the unit or any above it says."""
        said = [self.rows[item]["records"] for item in self.above(code)]
        return max((item for item in said if item), key=STRICT.index, default="never")

    def kinds(self) -> dict[str, str]:
        """An OCU of each kind that a role may meet: own and other are open ones."""
        found = defaultdict(list)
        for code, row in self.rows.items():
            if row["level"] == "ocu":
                found[self.standing(code)].append(code)
        # The last two open ones have crimes in the sample; so has the first restricted one.
        other, own = found["open"][-2:]
        return {
            "own": own,
            "other": other,
            "restricted": found["own"][0],
            "never": found["never"][0],
        }


@lru_cache(maxsize=1)
def organisation() -> Organisation:
    with (CATALOGUE / "organisation.csv").open(encoding="utf-8") as stream:
        return Organisation({row["code"]: row for row in csv.DictReader(stream)})


@lru_cache(maxsize=1)
def said_of_roles() -> dict[str, dict]:
    return tomllib.loads((CATALOGUE / "roles.toml").read_text("utf-8"))


def roles() -> dict[str, Role]:
    """Every role of roles.toml, and whoever sits at the machine; held for the own unit."""
    own = organisation().kinds()["own"]
    return {"local": LOCAL} | {name: look_as(name, own, BOROUGH) for name in said_of_roles()}


def opens(role: str, code: str) -> bool:
    """Whether a role may open a record of a unit, by the two files alone."""
    known = organisation()
    records = said_of_roles()[role]["records"] if role in said_of_roles() else "all"
    inside = known.kinds()["own"] in known.above(code)
    return {
        "all": known.standing(code) != "never",
        "open": known.standing(code) == "open",
        "own": inside and known.standing(code) != "never",
        "none": False,
    }[records]


@dataclass(frozen=True)
class Facts:
    """The records of a snapshot, by their references."""

    path: Path

    @cached_property
    def units(self) -> dict[str, set[str]]:
        """The units that a reference is of, at every level that it names."""
        found: dict[str, set[str]] = defaultdict(set)
        for table, columns in (
            ("crimes", ("ocu", "branch", "team")),
            ("overtime", ("ocu", "branch", "team")),
            ("reviews", ("unit_code",)),
            ("recommendations", ("owner",)),
        ):
            rows = pl.read_parquet(self.path / "facts" / f"{table}.parquet")
            for name in (name for name in rows.columns if name.endswith("_ref")):
                for reference, *codes in rows.select(name, *columns).unique().rows():
                    if reference:
                        found[reference] |= {code for code in codes if code in organisation().rows}
        return dict(found)

    def leaks(self, role: str, content: bytes) -> list[str]:
        """What of the content names a record that the role may not open; [] where nothing does."""
        seen = {item.decode() for item in REFERENCE.findall(content)}
        return sorted(
            f"{item} of {', '.join(sorted(self.units[item]))}"
            for item in seen & set(self.units)
            # A report is as closed as the strictest part that it names. People work for several
            # units, and a recommendation names the review that it came of.
            if not (all if item.startswith("C") else any)(
                opens(role, code) for code in self.units[item]
            )
        )

    def untold(self, content: bytes, told: set[str | None]) -> list[str]:
        """The references that the content names of which the audit was told of no unit: a review
        is of its own unit and of all who own a recommendation of it."""
        seen = {item.decode() for item in REFERENCE.findall(content)} & set(self.units)
        return sorted(item for item in seen if not self.units[item] & told)


def other_boroughs(rows: Iterable[dict]) -> list[str]:
    """The boroughs beside BOROUGH of which a row tells any number."""
    return sorted(
        {
            str(row["borough"])
            for row in rows
            if str(row.get("borough") or BOROUGH).startswith("E09")
            and row.get("borough") not in (None, BOROUGH)
            and any(
                isinstance(value, int | float) and not isinstance(value, bool) and value
                for name, value in row.items()
                if name not in LAYOUT
            )
        }
    )


LAYOUT = {"grid_x", "grid_y", "place", "slot", "population"}
