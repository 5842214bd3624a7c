"""What a file of published counts speaks for, and what falls when a later one says it anew.

Files of one publication (publisher, grain and value) that were known on one day are one
edition. A later edition that covers at least the same boroughs and offence groups replaces all
that was said before of the periods it covers, whatever its categories are called by then. One
that covers fewer is a part: a delta is laid over cell by cell, any other part is held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from dashboard.catalogue import Catalogue
from dashboard.ingest.adapters import code_of
from dashboard.ingest.sidecars import Covered, Scope
from dashboard.ingest.staging import Staged
from dashboard.periods import next_start

Publication = tuple[str, str, str]  # publisher, grain, value
SHOWN = 5


@dataclass
class Edition:
    """All that was known of a publication on one day.

    offences  as spelt → major category as spelt, blank where the file names none.
    late      offences that were refreshed on or after the as-at, so not known yet.
    covered   offence → first days of the periods it covers.
    broken    (offence, first day) of each period in which a count was rejected.
    held      why it is not shown; blank where it is.
    """

    publication: Publication
    known: date
    files: list[Staged]
    delta: bool
    areas: set[str] = field(default_factory=set)
    offences: dict[str, str] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    covered: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    broken: set[tuple[str, date]] = field(default_factory=set)
    held: str = ""

    @property
    def dates(self) -> set[date]:
        """First days of the periods it speaks of: also those of which it says too little."""
        broken = {day for spelt, day in self.broken if spelt not in self.late}
        return broken.union(*self.covered.values())

    @property
    def name(self) -> str:
        return ", ".join(dict.fromkeys(item.file for item in self.files))


@dataclass(frozen=True)
class Fall:
    """Counts of an earlier edition that a later one replaces: in `dates`, of offences `spelt`."""

    earlier: Edition
    later: Edition
    spelt: frozenset[str]
    dates: frozenset[date]


@dataclass(frozen=True)
class Spoken:
    """Editions in order of the day they were known, and which counts fell to which."""

    editions: list[Edition]
    falls: list[Fall]


def spoken(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Staged],
    catalogue: Catalogue,
    as_at: date,
) -> Spoken:
    """What each edition known before `as_at` speaks for, by what its files cover and say."""
    editions = _editions(connection, files, as_at)
    falls: list[Fall] = []
    for publication in dict.fromkeys(edition.publication for edition in editions):
        of_it = [edition for edition in editions if edition.publication == publication]
        if all(edition.delta for edition in of_it):
            # Nothing whole to lay them over: they are all there is.
            of_it[0].delta = False
        falls += _replaced(connection, of_it, catalogue)
    return Spoken(editions, falls)


def _editions(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Staged], as_at: date
) -> list[Edition]:
    editions: dict[tuple[Any, ...], Edition] = {}
    for item in files:
        scopes = item.scope or _scopes_of_rows(connection, item)
        for scope in scopes:
            publication = (scope["publisher"], scope["grain"], scope["value"])
            entries = [
                entry
                for entry in item.coverage
                if (entry["publisher"], entry["grain"], entry["value"]) == publication
            ]
            known = max((date.fromisoformat(entry["vintage"]) for entry in entries), default=None)
            if known is None or not any(
                date.fromisoformat(entry["vintage"]) < as_at for entry in entries
            ):
                continue
            edition = editions.setdefault(
                (publication, known, item.delta), Edition(publication, known, [], item.delta)
            )
            edition.files.append(item)
            edition.areas |= set(scope["areas"])
            edition.offences |= dict(scope["offences"])
            edition.broken |= {(spelt, date.fromisoformat(day)) for spelt, day in scope["broken"]}
            for entry in entries:
                if date.fromisoformat(entry["vintage"]) >= as_at:
                    edition.late.add(entry["subject"])
                else:
                    edition.covered[entry["subject"]] |= _starts(entry)
    return sorted(editions.values(), key=lambda item: (item.publication, item.known, item.delta))


def _starts(entry: Covered) -> set[date]:
    """First days of the periods from since to until."""
    day, until = date.fromisoformat(entry["since"]), date.fromisoformat(entry["until"])
    days = set()
    while day < until:
        days.add(day)
        day = next_start(day, entry["grain"])
    return days


def _scopes_of_rows(connection: duckdb.DuckDBPyConnection, item: Staged) -> list[Scope]:
    """The scope of a file that was staged before scopes were kept, from the rows it has."""
    rows = connection.execute(
        "select publisher, grain, value, list(distinct coalesce(borough, '')), "
        "list(distinct offence) from read_parquet(?) group by all",
        [str(item.path)],
    ).fetchall()
    return [
        {
            "publisher": publisher,
            "grain": grain,
            "value": value,
            "areas": areas,
            "offences": [(spelt, "") for spelt in offences],
            "broken": [],
        }
        for publisher, grain, value, areas, offences in rows
    ]


def _replaced(
    connection: duckdb.DuckDBPyConnection, editions: list[Edition], catalogue: Catalogue
) -> list[Fall]:
    """Goes through whole editions in order: each replaces what serves its periods, or is held."""
    serving: dict[date, Edition] = {}
    falls: list[Fall] = []
    for later in [edition for edition in editions if not edition.delta]:
        shared: dict[int, tuple[Edition, set[date]]] = {}
        for day in later.dates & serving.keys():
            earlier = serving[day]
            shared.setdefault(id(earlier), (earlier, set()))[1].add(day)
        for earlier, days in shared.values():
            later.held = later.held or _lacks(connection, earlier, later, days, catalogue)
        if later.held:
            continue
        covers = Groups(later, catalogue)
        for day in later.dates:
            serving[day] = later
        # Not the one before alone: what an edition known only in part left standing falls too.
        # Of deltas those known before it: one of the same day is laid over it.
        for earlier in [edition for edition in editions if edition.known < later.known]:
            days = earlier.dates & later.dates
            spelt = {
                item for item in earlier.offences if not later.late or covers.has(item, earlier)
            }
            if days and not earlier.held:
                falls.append(Fall(earlier, later, frozenset(spelt), frozenset(days)))
    return falls


def _lacks(
    connection: duckdb.DuckDBPyConnection,
    earlier: Edition,
    later: Edition,
    days: set[date],
    catalogue: Catalogue,
) -> str:
    """What the later edition lacks of what the earlier one counted in `days`; blank: nothing."""
    areas, offences = _counted(connection, earlier, days)
    publisher = later.publication[0]

    def boroughs(names: Iterable[str]) -> set[str]:
        codes = {catalogue.resolve("area", publisher, name) for name in names}
        # What has no place, and places beyond the boroughs, come and go with a publisher.
        return {code for code in codes if code and catalogue.areas[code].kind == "borough"}

    missing = boroughs(areas) - boroughs(later.areas)
    if missing:
        names = sorted(catalogue.areas[code].name for code in missing)
        return f"it lacks {len(names)} of the boroughs counted before ({_some(names)})"
    whole = Groups(later, catalogue, with_late=True)
    lost = sorted(spelt for spelt in offences if not whole.has(spelt, earlier))
    if lost:
        return f"it lacks offence groups counted before ({_some(lost)})"
    return ""


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _counted(
    connection: duckdb.DuckDBPyConnection, edition: Edition, days: set[date]
) -> tuple[set[str], set[str]]:
    """Areas and offences, as spelt, that the edition counted more than none of in `days`."""
    publisher, grain, value = edition.publication
    rows = connection.execute(
        "select list(distinct coalesce(borough, '')), list(distinct offence) "
        "from read_parquet(?, union_by_name=true) where publisher = ? and grain = ? and value = ? "
        "and n > 0 and date in (select unnest(?::date[]))",
        [[str(item.path) for item in edition.files], publisher, grain, value, sorted(days)],
    ).fetchall()
    areas, offences = rows[0]
    return set(areas or ()), set(offences or ())


class Groups:
    """The offence groups that an edition speaks for.

    An offence is covered by one of the same code or spelling, of the same major category, or
    of the same group in offences.csv. That last only where the group is no catch-all: it lies
    within one major category of the file that counted it.
    """

    def __init__(self, edition: Edition, catalogue: Catalogue, with_late: bool = False):
        self.catalogue, self.publisher = catalogue, edition.publication[0]
        spelt = [item for item in edition.offences if with_late or item not in edition.late]
        self.keys = {key for item in spelt for key in self._keys(item, edition)}

    def has(self, spelt: str, edition: Edition) -> bool:
        return bool(self._keys(spelt, edition) & self.keys)

    def _keys(self, spelt: str, edition: Edition) -> set[tuple[str, str]]:
        code = code_of(self.catalogue, "offence", self.publisher, spelt)
        keys = {("spelt", _plain(spelt))}
        if major := edition.offences.get(spelt):
            keys.add(("major", _plain(major)))
        if code:
            keys.add(("code", code))
            group = self.catalogue.offences[code].group
            if len(self._majors(edition)[group]) < 2:
                keys.add(("group", group))
        elif not major:
            keys.add(("group", "unknown"))
        return keys

    def _majors(self, edition: Edition) -> dict[str, set[str]]:
        majors: dict[str, set[str]] = defaultdict(set)
        for spelt, major in edition.offences.items():
            if code := code_of(self.catalogue, "offence", self.publisher, spelt):
                majors[self.catalogue.offences[code].group].add(_plain(major))
        return majors


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
