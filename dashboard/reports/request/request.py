"""A request: one snapshot, one as-at, one role; every question of a page goes through it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard import queries, snapshots
from dashboard.access import LOCAL, Disclosed, Role, Stamp, Why, suppression
from dashboard.access import records as record_access
from dashboard.access import scope as scopes
from dashboard.access.disclosure import Across, All, People
from dashboard.access.roles import figures_only, needs_figures, needs_records
from dashboard.access.witness import Witness, local_user
from dashboard.catalogue import Catalogue, ours
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.periods import Period, last_whole_fortnight, tactical_meeting
from dashboard.queries import Measure
from dashboard.queries.counting import FAULTS
from dashboard.reports.request import explaining, naming, seen
from dashboard.reports.request.coverage import Covered, covered
from dashboard.snapshots import SnapshotInfo
from dashboard.words.marking import marking

# Told when a request looks at what changes beside its snapshot: what is reckoned then hangs on it.
FOLDER, STORE = "folder", "store"  # the folder's other snapshots; what people wrote
LOOKING: ContextVar[Callable[[str], None]] = ContextVar("looking", default=lambda _: None)


@dataclass(frozen=True)
class Request:
    """What a page or a command asks with; resolved once, so that nothing changes under it."""

    snapshot: SnapshotInfo
    data: Path
    role: Role = LOCAL
    # Who asks, by the reference that the audit keeps; '' for whoever works on this machine.
    who: str = field(default="", hash=False, compare=False)

    @property
    def as_at(self) -> date:
        return self.snapshot.as_at

    @property
    def witness(self) -> Witness:
        """Tells the audit what whoever asks is shown and takes; there is no request without."""
        return Witness(self.data, self.who or local_user())

    def of(self, snapshot: SnapshotInfo) -> Request:
        """The same of another snapshot."""
        return self._beside(Request(snapshot, self.data, self.role, who=self.who))

    @property
    def sample(self) -> bool:
        return self.snapshot.sample

    @property
    def marking(self) -> str:
        """The configured marking, else the directorate's own, or that of its sample's day."""
        return marking(self.catalogue.directorate, self.sample)

    @cached_property
    def catalogue(self) -> Catalogue:
        return snapshots.catalogue_of(self.snapshot)

    @cached_property
    def scope(self) -> scopes.Scope:
        """The set of views that the role has over this snapshot."""
        return scopes.scope_of(self.role, self.catalogue)

    @cached_property
    def figures(self) -> Request:
        """The same for the figures alone, which are one for all who see as much."""
        role = figures_only(self.role)
        if role == self.role:
            return self
        return self._beside(Request(self.snapshot, self.data, role))

    def _beside(self, other: Request) -> Request:
        """Another request, which knows of the same snapshots."""
        vars(other)["_folder"] = self._folder
        return other

    @property
    def listed(self) -> tuple[SnapshotInfo, ...]:
        """All whole snapshots of the folder, oldest as-at first, as the request found them."""
        LOOKING.get()(FOLDER)
        return self._folder

    @cached_property
    def _folder(self) -> tuple[SnapshotInfo, ...]:
        return tuple(snapshots.listing(self.data))

    @property
    def whole(self) -> bool:
        """Whether the role sees the whole that a part of it is held against."""
        return self.role.sees == "all"

    def closed(self, unit: str) -> str:
        """Why the records of `unit` can't be opened, in a sentence; '' where some can."""
        return record_access.refusal(self.catalogue, self.role, unit)

    @property
    def force(self) -> str:
        """Code of the force: the unit that published counts and all units together have."""
        return self.catalogue.directorate.force

    @property
    def directorate(self) -> str:
        """Code of the directorate whose OCUs these are."""
        return self.catalogue.directorate.directorate

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Those of the plan, in its order. One that nobody here returns, as published files alone
        have it, is among them where one of these was loaded: else it would be a gap of ours."""
        served = {row["measure"] for row in self.snapshot.manifest["served"]}
        return {
            name: item
            for name, item in queries.measures().items()
            if name in served or not item.only_published
        }

    @property
    def stock_of_faults(self) -> str | None:
        """The measure that counts open faults of reports; None where none does."""
        return next((item.id for item in self.measures.values() if item.fact == FAULTS), None)

    @property
    def fortnight(self) -> Period:
        """The last whole fortnight before the as-at."""
        return last_whole_fortnight(self.as_at)

    @property
    def meeting(self) -> date:
        """Grid date of the tactical meeting that looks at this fortnight."""
        return tactical_meeting(self.as_at)

    @cached_property
    def held_on(self) -> date | None:
        """Day on which the meeting is held; None where it was cancelled."""
        return self.catalogue.held_on(self.meeting)

    @cached_property
    def coverage(self) -> pa.Table:
        return self.run("measure_coverage")

    @cached_property
    def coverage_rows(self) -> list[Covered]:
        """The rows of `coverage`, which a page asks for again and again, from the manifest."""
        return covered(self.snapshot)

    @cached_property
    def data_until(self) -> date | None:
        """Day up to which (exclusive) any source of crimes or counts says anything."""
        rows = self.coverage_rows
        records = [row["until"] for row in rows if row["source"] != "returns"]
        return max(records or [row["until"] for row in rows], default=None)

    def has_published(self, measure: str) -> bool:
        """Whether published counts, which know no unit but the force, serve any of a measure."""
        return ours().force in self._units_served(measure)

    def only_published(self, measure: str) -> bool:
        """Whether nothing else serves it."""
        return set(self._units_served(measure)) == {ours().force}

    def _units_served(self, measure: str) -> list[str]:
        return [row["unit_code"] for row in self.coverage_rows if row["measure"] == measure]

    def measure(self, name: str) -> Measure:
        """raises NotFoundError with the names near it."""
        known = queries.measures()
        if name not in known:
            raise NotFoundError("measure", name, tuple(known))
        return known[name]

    def run(self, name: str, **params: Any) -> pa.Table:
        """Rows of the report query `name` that the role may see; kept while the program runs.

        raises  NotAllowedError for a role that sees no figure, or opens none of its records
        """
        needs_figures(self.role)
        query = queries.report(name)
        needs_records(self.role, record_access.REFERENCES & set(query.returns))
        return seen.rows(self.snapshot, self.scope, query, tuple(sorted(params.items())))

    def answer(self, name: str, **params: Any) -> Disclosed:
        """What the report query `name` answers, as it may leave by its name alone.

        raises  NotAllowedError for a query that counts people by group (`people` in its header):
                only the report that hides its small numbers hands those out
        """
        if groups := queries.report(name).header.get("people"):
            raise NotAllowedError(
                f"{name} counts people by {groups}: its page shows it, small numbers hidden"
            )
        given = {key: value for key, value in params.items() if value}
        rows = self.run(name, **params)
        return self.disclose(rows, title=name, query=name, params=params, **given)

    def disclose(
        self,
        rows: pa.Table,
        *,
        title: str,
        subtitle: str = "",
        notes: tuple[str, ...] = (),
        query: str | None = None,
        params: dict[str, Any] | None = None,
        measure: str | None = None,
        people: People | None = None,
        page_of: All | None = None,
        columns: tuple[str, ...] = (),
        reckoned: tuple[str, ...] = (),
        composed: Collection[str] = (),
        asked: str = "",
        across: Across | None = None,
        **filters: Any,
    ) -> Disclosed:
        """A result that may be shown: `rows` with their words, stamp and explanation.

        people   which counts are of people by group: must be said of a query that counts them
        page_of  all rows, where these are a page of them
        columns, across  as `Disclosed` has them
        reckoned as `Why` has it
        composed measures that stand in the rows beside what the query answered
        asked    the analyst's own statement, whose rows they are
        raises   NotAllowedError for small counts of people that the role may not see
        """
        chosen = {key: value for key, value in filters.items() if value is not None}
        shown = tuple(naming.in_words(self.catalogue, chosen).items())
        sql = queries.report(query).sql if query else ""
        digest = hashlib.sha256(
            f"{sql}{asked}{sorted((params or {}).items())}".encode()
        ).hexdigest()
        stamp = Stamp(self.as_at, self.snapshot.id, self.sample, self.marking, shown, digest[:12])
        explained = query or measure
        why = (
            explaining.why(self, query, sql, params or {}, measure, rows, reckoned, composed)
            if explained
            else None
        )
        references = record_access.REFERENCES & set(rows.column_names)
        needs_records(self.role, references)
        chosen_words = (("measure", measure), *shown) if measure else shown
        said = ", ".join(f"{key} {value}" for key, value in chosen_words)
        what = f"{query or 'records'}: {said}"
        self.witness.view(what, rows, self.snapshot.id, filters.get("unit"))
        staying = self._staying(query, people, rows)
        named = naming.names(self.catalogue, rows)
        return Disclosed(
            rows, title, subtitle, notes, stamp, why, staying, page_of, named, columns, across
        )

    def _staying(self, query: str | None, people: People | None, rows: pa.Table) -> str:
        """Why rows may not leave the screen, by what they count; '' where they may."""
        if people is None:
            if query and "people" in queries.report(query).header:
                raise NotAllowedError(f"{query} counts people by group: what is of it says which")
            return ""
        if people.unit is None:
            if suppression.small_ones(rows, people):
                raise NotAllowedError("Counts of 1 to 4 people of a group are never shown.")
            return ""
        if not record_access.inner(self.catalogue, self.role, people.unit):
            raise NotAllowedError(self.unshown(people.unit))
        return "Small numbers of people stand in it: it is for the screen and leaves in no form."

    def unshown(self, unit: str) -> str:
        """Why small counts of a unit's people are not shown, in a sentence; '' where they are."""
        if record_access.inner(self.catalogue, self.role, unit):
            return ""
        return f"Who the people are that {unit} deals with is for those who may open its records."

    def definition(self, measure: str) -> Why:
        """What a measure asks and counts, whose it is, and its breaks; of no particular rows.

        raises  NotFoundError with the names near it
        """
        self.measure(measure)
        return explaining.why(self, None, "", {}, measure, pa.table({}))
