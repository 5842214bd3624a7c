"""A request of a real snapshot, of which a test says what some of its queries answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from dashboard import queries
from dashboard.catalogue import Catalogue
from dashboard.queries import Measure
from dashboard.reports import open_request
from dashboard.reports.request import Request
from tests.folders import Folder

STRENGTH = "month,unit_code,posts,in_post\n2003-04-01,SCD7,10,10\n"


@dataclass(frozen=True, eq=False)
class Told(Request):
    """Asks its snapshot as any request does, but for what it was told.

    rows    what a query answers, by its name
    plan    its measures; none: those of the snapshot
    beside  the catalogue in place of the snapshot's
    served  what it covers, as rows of measure_coverage; None: as the snapshot does
    """

    rows: Mapping[str, pa.Table] = field(default_factory=dict)
    plan: Mapping[str, Measure] = field(default_factory=dict)
    beside: Catalogue | None = None
    served: Sequence[Mapping[str, Any]] | None = None

    # What was told belongs to one request: what is kept of it serves no other.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def catalogue(self) -> Catalogue:
        return self.beside or super().catalogue

    def run(self, name: str, **params: Any) -> pa.Table:
        told = self.rows.get(name)
        return super().run(name, **params) if told is None else told

    def _beside(self, other: Request) -> Request:
        own = (other.snapshot, other.data, other.role, other.who)
        return super()._beside(Told(*own, self.rows, self.plan, self.beside, self.served))

    @property
    def coverage(self) -> pa.Table:
        told = self.served
        return super().coverage if told is None else pa.Table.from_pylist([dict(r) for r in told])

    @property
    def coverage_rows(self) -> list[dict[str, Any]]:
        return super().coverage_rows if self.served is None else [dict(r) for r in self.served]

    @property
    def measures(self) -> dict[str, Measure]:
        return dict(self.plan) or super().measures

    def measure(self, name: str) -> Measure:
        return self.plan.get(name) or super().measure(name)


Asking = Callable[..., Told]


@pytest.fixture
def asking(folder: Folder) -> Asking:
    """Opens a request of a snapshot that holds nothing but one unit's posts of one month."""

    def asked(as_at: date = date(2004, 7, 12), **told: Any) -> Told:
        if not (folder.data / "snapshots" / as_at.isoformat()).exists():
            folder.load("strength", STRENGTH, "2003-05-01")
            folder.publish(as_at.isoformat())
        real = open_request(as_at, None, folder.data)
        return Told(real.snapshot, real.data, real.role, real.who, **told)

    return asked


def a_measure(code: str = "blackmail", **changed: Any) -> Measure:
    """A count of a unit's own records that has no target, called Robberies."""
    plain = {
        "id": code,
        "name": "Robberies",
        "owner": "SCD7",
        "scope": "ocu",
        "unit": "n",
        "better": "lower",
        "aggregate": "sum",
        "grain": "day",
        "settles": 28,
        "published": (),
        "fact": "crimes",
        "basis": "reports",
        "parts": "n",
    }
    like = next(iter(queries.measures().values()))
    return replace(like, **plain | changed)
