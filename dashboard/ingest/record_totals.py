"""Total rows among records: by their names, and of returns by what they add up to."""

from __future__ import annotations

from dashboard.ingest import returned, totals
from dashboard.ingest.contracts import Kind
from dashboard.ingest.parsing import quoted
from dashboard.ingest.work import Work
from dashboard.queries.counting import RETURNS


def mark(work: Work, kind: Kind) -> None:
    """Table total_lines (line, spelt): rows whose area or offence is a total of other rows."""
    work.execute("create temp table total_lines (line bigint, spelt varchar)")
    for column in kind.of_type("area", "offence"):
        spelt = [
            row[0]
            for row in work.all(f"select distinct {column.name} from texts")
            if row[0] is not None
            and totals.of_what(row[0]) is not None
            and work.catalogue.resolve(column.type, kind.name, row[0]) is None
        ]
        for text in spelt:
            work.execute(
                f"insert into total_lines select line, {column.name} from texts "
                f"where {column.name} = {quoted(text)}"
            )
    if kind.name == RETURNS:
        returned.mark_totals(work)
