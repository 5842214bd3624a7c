"""How a kind reads a line of headings, and by which words it knows one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.catalogue import Catalogue
from dashboard.ingest import areas, records
from dashboard.ingest.asked import Request
from dashboard.ingest.columns import Wanted, headed, match, spelling
from dashboard.ingest.contracts import KINDS
from dashboard.ingest.days import SERIAL, a_month
from dashboard.ingest.layout import Reads
from dashboard.ingest.reading import Known


def wanted(request: Request) -> tuple[Wanted, ...]:
    """The columns that the kind looks for."""
    if request.adapter:
        return request.adapter.columns
    return tuple(records.wanted_columns(KINDS[request.kind]))


def reader(request: Request, catalogue: Catalogue) -> tuple[Reads, Known]:
    """What makes a plan of a line of headings (of records: our name → place), and what says
    whether a cell is a heading of the kind."""
    file, adapter, columns = request.path.name, request.adapter, wanted(request)

    def counts(header: Sequence[str]) -> Any:
        assert adapter is not None
        made = adapter.plan(header, request.columns, file)
        areas.refuse_finer_columns(header, made, file, request.kind, catalogue.formats)
        return areas.with_level(header, made)

    def own(header: Sequence[str]) -> Any:
        return match(header, columns, request.columns, file, request.kind)

    names = headed(columns, request.columns)
    wide = adapter is not None and adapter.wide

    def known(cell: str) -> bool:
        # A day as a bare number is no sign of headings: any row of large counts holds some.
        month = wide and not SERIAL.fullmatch(cell.strip()) and a_month(cell) is not None
        return spelling(cell) in names or month

    return counts if adapter else own, known
