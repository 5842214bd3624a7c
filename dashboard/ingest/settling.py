"""What a file of records says twice, and what stands already of what it says."""

from __future__ import annotations

from datetime import date

from dashboard.ingest.contracts import Kind
from dashboard.ingest.parsing import quoted
from dashboard.ingest.work import Work


def repeats(work: Work, kind: Kind) -> int:
    """A reference said twice: the second is rejected. A key said twice: the last row says it.

    return  how many rows were replaced by a later one of the same file.
    """
    work.execute("create temp table superseded (line bigint)")
    if kind.reference:
        work.execute(
            f"create temp table second as select good.line, {kind.reference} as ref from good "
            f"join (select {kind.reference}, min(line) as first_line from good "
            f"group by {kind.reference} having count(*) > 1) using ({kind.reference}) "
            "where good.line > first_line"
        )
        work.execute(
            f"insert into faults select line, {quoted(kind.reference)}, ref, "
            "'duplicate_reference' from second"
        )
        work.execute("update checked set broken = true where line in (select line from second)")
    elif kind.key:
        key = ", ".join(kind.key)
        work.execute(
            "insert into superseded select line from good "
            f"qualify row_number() over (partition by {key} order by line desc) > 1"
        )
    work.execute("create temp table replaced_lines as select line from superseded")
    return work.one("select count(*) from superseded")


def against_staged(work: Work, kind: Kind, vintage: date) -> int:
    """Marks what the same vintage already says; returns how many rows say a known one anew."""
    names = [column.name for column in kind.columns]
    if not work.staged_view("standing", names, (vintage,)):
        return 0
    same = " and ".join(f"g.{name} is not distinct from s.{name}" for name in names)
    identity = kind.reference or ", ".join(kind.key)
    if not identity:
        # Claims have no key: as many of a line as already stand are the same said again.
        number = f"row_number() over (partition by {', '.join(names)} order by line) as nth"
        work.execute(
            "insert into superseded select g.line "
            f"from (select *, {number} from good) as g "
            f"join (select *, {number.replace('order by line', 'order by file_sequence')} "
            f"from standing) as s on g.nth = s.nth and {same}"
        )
        return 0
    work.execute(
        f"create temp table current_rows as select * from standing qualify row_number() "
        f"over (partition by {identity} order by file_sequence desc) = 1"
    )
    left = "(select * from good anti join superseded using (line)) as g"
    one = " and ".join(
        f"g.{name} is not distinct from s.{name}" for name in identity.replace(",", "").split()
    )
    known = work.one(f"select count(*) from {left} semi join current_rows as s on {one}")
    work.execute(
        f"create temp table identical as select g.line from {left} "
        f"semi join current_rows as s on {same}"
    )
    work.execute("insert into superseded select line from identical")
    return known - work.one("select count(*) from identical")
