"""An attacker who knows the rule, and everything that a role can fetch of people by group.

What is fetched is asked of the program itself: the reports of the pages, packs, queries by name,
own SQL, at every as-at. It becomes a system of sums over whole numbers of 0 or more, in which a
hidden cell is unknown; tables that count the same people twice are joined by the records that are
in both, which the attacker knows one by one but for their groups. A hidden cell under 5 is pinned
where the system leaves it one value, and narrowed where 1, 2, 3 or 4 is impossible. The truth, told
anew from the facts, says which cells are under 5.

    python -m tests.access.attacker FOLDER [AS_AT…] [--most N]

prints the attacker's table, of all as-ats together where none is named.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from dashboard import queries, reports, snapshots
from dashboard.access import Disclosed, Role, look_as
from dashboard.errors import DashboardError, NotAllowedError
from dashboard.export.packs import files as packs
from dashboard.reports.equality import completeness, groups, ratios, staff
from dashboard.reports.explore import questions
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.request import Request
from dashboard.reports.unit import mixes
from dashboard.snapshots.sandbox import Limits
from tests.access.matrix import BOROUGH, CATALOGUE, organisation, roles

ALL, NOT_KNOWN = "All", "Not known"
FIELDS = ("victim_ethnicity", "victim_sex", "victim_age_band")
OUTCOMES = ("followed", "detected", "undetected", "late")
Cell = tuple[str, ...]  # what is counted; of which field, unit and group; as at which day
SMALL = {1, 2, 3, 4}
PATIENT = Limits(seconds=300)  # an attacker asks again until the machine is quiet


@dataclass
class System:
    """What somebody knows of counts of people.

    shown   cells with their counts
    hidden  cells that a table has as [c]
    sums    a cell, and the cells that it is the sum of
    """

    shown: dict[Cell, int] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    sums: list[tuple[Cell, tuple[Cell, ...]]] = field(default_factory=list)

    def tell(self, cell: Cell, count: int | None) -> None:
        if count is None:
            self.hidden.add(cell)
        elif self.shown.setdefault(cell, count) != count:
            raise AssertionError(f"{cell} is {count} here and {self.shown[cell]} there")

    def add_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        self.sums.append((total, tuple(parts)))

    @property
    def unknown(self) -> list[Cell]:
        named = {cell for total, parts in self.sums for cell in (total, *parts)}
        return sorted((named | self.hidden) - self.shown.keys())

    def possible(self, cells: Iterable[Cell]) -> dict[Cell, set[int]]:
        """Which of 1 to 4 each of the cells may be."""
        solver = Solver(self)
        return {
            cell: {value for value in SMALL if solver.may_be(cell, value)} for cell in sorted(cells)
        }

    def pinned(self, cell: Cell) -> bool:
        """Whether one value is left to the cell."""
        solver = Solver(self)
        return cell in self.shown or solver.end(cell, 1) == solver.end(cell, -1)


class Solver:
    """The sums as rows of a matrix over the unknown cells, for HiGHS."""

    def __init__(self, system: System):
        self.shown = system.shown
        self.cells = system.unknown
        self.place = {cell: place for place, cell in enumerate(self.cells)}
        self.right = np.zeros(len(system.sums))
        entries: dict[tuple[int, int], int] = {}
        for row, (total, parts) in enumerate(system.sums):
            for sign, cell in ((1, total), *((-1, part) for part in parts)):
                if cell in self.shown:
                    self.right[row] -= sign * self.shown[cell]
                else:
                    key = row, self.place[cell]
                    entries[key] = entries.get(key, 0) + sign
        places = zip(*entries, strict=True) if entries else ((), ())
        size = len(system.sums), len(self.cells)
        self.matrix = csr_array((list(entries.values()), tuple(places)), shape=size)

    def may_be(self, cell: Cell, value: int) -> bool:
        if cell in self.shown:
            return self.shown[cell] == value
        fixed = np.zeros(len(self.cells)), np.full(len(self.cells), np.inf)
        for end in fixed:
            end[self.place[cell]] = value
        return self._solved(np.zeros(len(self.cells)), *fixed).status == 0

    def end(self, cell: Cell, sign: int) -> float:
        """The least (1) that a cell can be, or the most (-1)."""
        cost = np.zeros(len(self.cells))
        cost[self.place[cell]] = sign
        free = np.zeros(len(self.cells)), np.full(len(self.cells), np.inf)
        found = self._solved(cost, *free)
        return round(found.x[self.place[cell]]) if found.status == 0 else sign * -np.inf

    def _solved(self, cost: np.ndarray, low: np.ndarray, high: np.ndarray):
        sums = LinearConstraint(self.matrix, self.right, self.right)
        whole = np.ones(len(self.cells))
        return milp(cost, integrality=whole, bounds=Bounds(low, high), constraints=sums)


@dataclass
class Found:
    """A line of the attacker's table.

    fetched  what the role got, in words
    hidden   cells that are hidden from it; of them under_five hold less than 5
    small    counts of 1 to 4 that it was shown, though it is not of the inner circle
    """

    role: str
    fetched: list[str]
    hidden: int
    under_five: int
    small: int
    pinned: list[Cell]
    narrowed: list[Cell]

    @property
    def line(self) -> str:
        counts = {
            "hidden": self.hidden,
            "under 5": self.under_five,
            "pinned": len(self.pinned),
            "narrowed": len(self.narrowed),
            "small ones shown": self.small,
        }
        said = ", ".join(f"{words} {count}" for words, count in counts.items())
        return f"{self.role}: {said}; fetched {', '.join(self.fetched) or 'nothing'}"


def attack(requests: Sequence[Request], role: str, most: int | None = None) -> Found:
    """What the role can work out of snapshots, all together.

    most  measures of each unit that the page OCU is opened with; None for all
    """
    system = System()
    fetched = Fetched(system, most)
    for request in requests:
        fetched.all_of(request)
    truth = {
        (*cell, day): count
        for day, told in fetched.told.items()
        for cell, count in told_anew(told).items()
    }
    join(system, fetched.told)
    own = {cell for cell in truth if cell[1] == "victim_age_band" and cell[2] in fetched.inner}
    judged = {cell for cell in system.hidden if truth[cell] not in range(5, 10**9)} - own
    for cell in own:
        if cell[0] == "victims":
            system.shown.setdefault(cell, truth[cell])
    narrowed = [cell for cell, may_be in system.possible(judged).items() if may_be != SMALL]
    return Found(
        role,
        list(dict.fromkeys(fetched.what)),
        len(system.hidden - own),
        len(judged),
        fetched.small,
        [cell for cell in narrowed if system.pinned(cell)],
        narrowed,
    )


def victims(by: str, unit: str, group: str) -> Cell:
    """All victims of a unit are the same ones by whatever field."""
    return ("victims", "" if group == ALL else by, unit, group)


def outcome(kind: str, by: str, group: str) -> Cell:
    return (kind, "" if group == ALL else by, ALL, group)


class Fetched:
    """Asks for all that there is as a request's role, and puts it into the system.

    told   the request of the snapshot whose tables were shown, by its as-at
    inner  units of which the role is shown small counts by age, on the screen
    small  counts of 1 to 4 that it is shown and is not to see
    """

    request: Request
    day: str

    def __init__(self, system: System, most: int | None):
        self.system, self.most = system, most
        self.what: list[str] = []
        self.told: dict[str, Request] = {}
        self.inner: set[str] = set()
        self.small = 0
        found = queries.find("reports")
        self.people = {name: q for name, q in found.items() if "people" in q.header}

    def all_of(self, request: Request) -> None:
        self.request = request
        if request.role.sees == "all":  # who sees one borough opens its page alone
            stamp = completeness.completeness(request).stamp
            self.day = stamp.as_at.isoformat()
            known = self.day in self.told
            self.told[self.day] = reports.open_request(
                stamp.as_at, stamp.snapshot_id, request.data, request.role
            )
            if not completeness.why_none(request):
                self.equality()
            self.ages()
            if not known:
                self.own_sql()
        self.named()
        self.packs()

    def cell(self, cell: Cell, count: int | None) -> None:
        self.system.tell((*cell, self.day), count)
        self.small += count in SMALL and cell[1] != "" and cell not in self.open_elsewhere

    def add_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        self.system.add_up((*total, self.day), [(*part, self.day) for part in parts])

    @property
    def open_elsewhere(self) -> set[Cell]:
        """How many records lack a field that a measure counts: a gap in records, no group."""
        return {victims(by, unit, NOT_KNOWN) for _, by in shares() for unit in (*OCUS, ALL)}

    def equality(self) -> None:
        """The page Equality: all its tables, by each field."""
        add_up = self.add_up
        for by in FIELDS:
            rows = groups.victims(self.request, by).rows.to_pylist()
            names = [name for name in dict.fromkeys(row["group"] for row in rows) if name != ALL]
            units = [u for u in dict.fromkeys(row["unit_code"] for row in rows) if u != ALL]
            for row in rows:
                self.cell(victims(by, row["unit_code"], row["group"]), row["n"])
            for unit in (*units, ALL) if rows else ():
                add_up(victims(by, unit, ALL), [victims(by, unit, name) for name in names])
            for name in (*names, ALL) if rows else ():
                add_up(victims(by, ALL, name), [victims(by, unit, name) for unit in units])
            for row in ratios.ratios(self.request, by).rows.to_pylist():
                self.outcomes(by, row)
            for kind in OUTCOMES:
                add_up(outcome(kind, by, ALL), [outcome(kind, by, name) for name in names])
            known = [victims(by, ALL, name) for name in names if name != NOT_KNOWN]
            add_up(("victims", by, ALL, "known"), known)
        for row in completeness.completeness(self.request).rows.to_pylist():
            for by in FIELDS:
                parts = whole, known = row[f"{by}_victims"], row[f"{by}_known"]
                self.cell(victims(by, row["unit_code"], ALL), whole)
                if None not in parts:
                    self.cell(victims(by, row["unit_code"], NOT_KNOWN), whole - known)
        self.staff(staff.workforce(self.request).rows.to_pylist())
        self.what.append(f"{2 * len(FIELDS) + 2} tables of Equality")

    def outcomes(self, by: str, row: Mapping) -> None:
        """A group's victims by what became of them."""
        name, followed, detected = row["group"], row["followed"], row["detected"]
        self.cell(victims(by, ALL, name), row["victims"])
        for kind, count in (
            ("followed", followed),
            ("detected", detected),
        ):
            self.cell(outcome(kind, by, name), count)
        # What is left of two numbers is as good as shown.
        for kind, whole, part in (
            ("undetected", followed, detected),
            ("late", row["victims"], followed),
        ):
            rest = None if whole is None or part is None else whole - part
            self.cell(outcome(kind, by, name), rest)
        if row["share"]:  # it gives back the whole that it is of
            whole = round(row["victims"] / row["share"])
            self.system.tell(("victims", by, ALL, "known", self.day), whole)
        parts = [outcome(kind, by, name) for kind in ("detected", "undetected")]
        self.add_up(outcome("followed", by, name), parts)
        parts = [outcome(kind, by, name) for kind in ("followed", "late")]
        self.add_up(victims(by, ALL, name), parts)

    def staff(self, rows: list[dict]) -> None:
        """Staff of each unit by sex and by ethnicity, as the last return says."""
        for row in rows:
            for part in staff.PARTS:
                unit, whole, count = row["unit_code"], row["in_post"], row[part]
                rest = None if None in (whole, count) else whole - count
                self.cell(("staff", "", unit, ALL), whole)
                self.cell(("staff", part, unit, "yes"), count)
                self.cell(("staff", part, unit, "no"), rest)
        units = [row["unit_code"] for row in rows]
        for part in staff.PARTS:
            kinds = [(part, "yes"), (part, "no")]
            for unit in units:
                parts = [("staff", *kind[:1], unit, kind[1]) for kind in kinds]
                self.add_up(("staff", "", unit, ALL), parts)
            for name, kind in (*kinds, ("", ALL)):
                cells = [("staff", name, unit, kind) for unit in units if unit != ALL]
                self.add_up(("staff", name, ALL, kind), cells)

    def ages(self) -> None:
        """The page OCU: whom crime touches by age, by measure and borough.

        Its months are not quite the twelve months of Equality: the row of a unit whose small
        counts are open to the role counts as known whole, which is more than follows from it.
        """
        seen = set()
        for unit in (self.request.force, *OCUS):
            known = [item for item in tracks(self.request, unit).values()]
            kept = [item for item in known if not mixes.unmixed(self.request, item)]
            for track in kept[: self.most]:
                for borough in (None, BOROUGH):
                    found = self.mix(track, borough)
                    if found is None:
                        continue
                    seen.add(unit)
                    if not inner(self.request, unit):
                        self.count(found)
        self.inner |= {unit for unit in seen if inner(self.request, unit)}
        if self.request.force in self.inner:
            self.inner |= {*OCUS, ALL}
        self.what += [f"ages of {', '.join(sorted(seen))}"] if seen else []

    def mix(self, track, borough: str | None) -> Disclosed | None:
        try:
            return mixes.mix(self.request, track, "victim_age_band", borough)
        except NotAllowedError:
            return None

    def own_sql(self) -> None:
        """Totals of no group, and how many records lack a field that a measure counts."""
        told = self.told[self.day]
        first, last = year(told.as_at)
        span = f"between date '{first}' and date '{last - timedelta(days=1)}'"
        of = dict(shares())
        names = ", ".join(f"'{name}'" for name in of)
        for row in self.asked(
            "select measure, unit_code, sum(denominator) - sum(numerator) as n from observations "
            f"where measure in ({names}) and grain = 'day' and period_start {span} group by all"
        ):
            self.cell(victims(of[row["measure"]], row["unit_code"], NOT_KNOWN), round(row["n"]))
        for row in self.asked(
            "select ocu, count(*) as n from crimes where no_crimed_on is null "
            f"and victim_kind = 'person' and reported_on {span} group by all"
        ):
            if inner(self.request, row["ocu"]):
                self.cell(victims("", row["ocu"], ALL), row["n"])
        for row in self.asked(
            "select unit_code, in_post from strength "
            "qualify month = max(month) over (partition by unit_code)"
        ):
            if row["in_post"] is not None:
                self.cell(("staff", "", row["unit_code"], ALL), round(row["in_post"]))
        # Of all victims together it can be counted what became of them.
        truth = told_anew(told)
        for kind in OUTCOMES:
            self.cell(outcome(kind, "", ALL), truth[outcome(kind, "", ALL)])
        self.what.append("own SQL")

    def asked(self, sql: str) -> list[dict]:
        with patch.object(questions, "LIMITS", PATIENT):
            return questions.answer_of(self.told[self.day], sql).rows.to_pylist()

    def named(self) -> None:
        """Queries that count people by group, by their names."""
        for name, query in self.people.items():
            try:
                found = self.request.answer(name, **dict.fromkeys(query.parameters, ""))
            except NotAllowedError:
                continue
            self.what.append(f"query {name}")
            self.count(found)

    def packs(self) -> None:
        """Every pack that the role may take, searched for tables of people by group."""
        place = {"unit": organisation().kinds()["own"], "borough": BOROUGH}
        for name in packs.NAMES if self.request.role.sees != "none" else ():
            needs = packs.contents.kind(name).needs
            given = {key: value for key, value in place.items() if key == needs}
            try:
                made = packs.produce(self.request, name, "csv", **given)
            except DashboardError:
                continue
            for item in made.of:
                if of_people(item):
                    self.what.append(f"pack {name}")
                    self.count(item)

    def count(self, found: Disclosed) -> None:
        """Counts of 1 to 4 in a table that is shown as it is."""
        for column in found.rows.select(counts_in(found)).columns:
            self.small += sum(item in SMALL for item in column.to_pylist())


def counts_in(found: Disclosed) -> list[str]:
    kinds = {"n", "before", "victims", "followed", "detected"}
    return [name for name in found.rows.column_names if name in kinds | set(staff.PARTS)]


def of_people(found: Disclosed) -> bool:
    """Whether a table counts people by a protected group."""
    said = set(found.rows.column_names) & {*FIELDS, *staff.PARTS}
    column = found.rows.column("field").to_pylist() if "field" in found.rows.column_names else []
    return bool(said or set(column) & set(FIELDS))


def inner(request: Request, unit: str) -> bool:
    """Whether a unit's small counts are open to the role on the screen: it opens its records."""
    above = {code: set(organisation().above(code)) for code in organisation().rows}
    below = {code for code in above if unit in above[code]}
    ocus = {code for code in below if organisation().rows[code]["level"] == "ocu"} or below
    shown = {code for code in ocus if organisation().standing(code) != "never"}
    return bool(shown) and shown <= request.scope.opened


@lru_cache
def shares() -> tuple[tuple[str, str], ...]:
    """Measures of how many records say a field, with the field."""
    return tuple(
        (name, by)
        for name, item in queries.measures().items()
        for by in FIELDS
        if by in item.query.header.get("numerator", "")
    )


OCUS = tuple(
    code for code, row in organisation().rows.items() if row["level"] == "ocu" or code == "TP"
)


def commanders() -> dict[str, Role]:
    """A commander of each unit that has records to show."""
    return {
        f"commander of {unit}": look_as("ocu_commander", unit)
        for unit in OCUS
        if organisation().standing(unit) != "never"
    }


def year(as_at: date) -> tuple[date, date]:
    return as_at.replace(year=as_at.year - 1), as_at


def people(request: Request) -> pl.DataFrame:
    """The reports of the twelve months that a table tells of."""
    first, last = year(request.as_at)
    return pl.read_parquet(request.snapshot.path / "facts" / "crimes.parquet").filter(
        pl.col("no_crimed_on").is_null(),
        pl.col("victim_kind") == "person",
        pl.col("reported_on").is_between(first, last, closed="left"),
    )


def join(system: System, told: Mapping[str, Request]) -> None:
    """What the attacker knows of tables of different days: which records are in which of them, of
    which unit. Their groups alone are unknown, and are taken to be the same in all."""
    days = sorted(told)
    if len(days) < 2:
        return
    tables = [people(told[day]).select("crime_ref", pl.col("ocu").alias(day)) for day in days]
    known = tables[0]
    for table in tables[1:]:
        known = known.join(table, on="crime_ref", how="full", coalesce=True)
    classes = known.group_by(days).len().rows()
    for by in FIELDS:
        names = sorted({*labels()[by].values(), NOT_KNOWN})
        for *places, count in classes:
            alike = "/".join(place or "-" for place in places)
            system.tell(("alike", "", alike, ALL), count)
            system.add_up(("alike", "", alike, ALL), [("alike", by, alike, n) for n in names])
        for at, day in enumerate(days):
            for unit in {places[at] for *places, _ in classes} - {None}:
                alike = ["/".join(p or "-" for p in ps) for *ps, _ in classes if ps[at] == unit]
                for name in names:
                    parts = [("alike", by, item, name) for item in alike]
                    system.add_up((*victims(by, unit, name), day), parts)


@lru_cache(maxsize=16)
def told_anew(request: Request) -> dict[Cell, int]:
    """Every cell by the facts alone."""
    last = request.as_at
    facts = request.snapshot.path / "facts"
    now = people(request)
    followed = pl.col("reported_on") < last - timedelta(days=90)
    hit = ((pl.col("detection") == "sanction") & (pl.col("detected_on") < last)).fill_null(False)
    kinds = {
        "followed": now.filter(followed),
        "detected": now.filter(followed & hit),
        "undetected": now.filter(followed & ~hit),
        "late": now.filter(~followed),
    }
    found: dict[Cell, int] = {}
    for by in FIELDS:
        for unit in (*OCUS, ALL):
            of_unit = now if unit == ALL else now.filter(ocu=unit)
            for group, count in counted(of_unit, by):
                found[victims(by, unit, group)] = count
        for kind, rows in kinds.items():
            for group, count in counted(rows, by):
                found[outcome(kind, by, group)] = count
    return found | staff_told(facts)


def counted(rows: pl.DataFrame, by: str) -> Iterator[tuple[str, int]]:
    """Each group of a field with its count, and all together."""
    words = labels()[by]
    of = [words.get(code, NOT_KNOWN) for code in rows[by].to_list()]
    for group in {*words.values(), NOT_KNOWN}:
        yield group, of.count(group)
    yield ALL, len(of)


@lru_cache
def labels() -> dict[str, dict[str, str]]:
    """Field → code → group, by values.csv; what tells no group is not there."""
    found: dict[str, dict[str, str]] = {by: {} for by in FIELDS}
    with (CATALOGUE / "values.csv").open(encoding="utf-8") as stream:
        for name, code, words, *_ in csv.reader(stream):
            by = name.removesuffix("_group")
            grouped = name.endswith("_group") or name in FIELDS[1:]
            if by in FIELDS and grouped and code not in ("unknown", "NS"):
                found[by][code] = words
    return found


def staff_told(facts: Path) -> dict[Cell, int]:
    rows = pl.read_parquet(facts / "strength.parquet").drop_nulls(["in_post", *staff.PARTS])
    rows = rows.filter(pl.col("month") == pl.col("month").max().over("unit_code"))
    found: dict[Cell, int] = {}
    for row in rows.iter_rows(named=True):
        for part in staff.PARTS:
            cells = {(part, "yes"): row[part], (part, "no"): row["in_post"] - row[part]}
            for (name, kind), count in {**cells, ("", ALL): row["in_post"]}.items():
                found["staff", name, row["unit_code"], kind] = round(count)
    for (_, name, _, kind), count in list(found.items()):
        cell = ("staff", name, ALL, kind)
        found[cell] = found.get(cell, 0) + count
    return found


def main(folder: Path, days: list[date], most: int | None) -> None:
    """All roles, a commander of each unit among them; `most` as `attack` has it."""
    days = days or [item.as_at for item in snapshots.listing(folder)]
    for name, role in (roles() | commanders()).items():
        requests = [reports.open_request(day, data=folder, role=role) for day in days]
        found = attack(requests, name, most)
        print(found.line, flush=True)
        for cell in found.narrowed:
            print("   ", *cell, "(pinned)" if cell in found.pinned else "")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("days", type=date.fromisoformat, nargs="*")
    asked.add_argument("--most", type=int, help="measures of a unit that its page is opened with")
    said = asked.parse_args()
    main(said.folder, said.days, said.most)
